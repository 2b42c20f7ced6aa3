import { connect, listen, TcpError } from "@netloom/tcp";

const listener = await listen({ maxConnections: 1, idleTimeoutMs: 50 }, async (connection) => {
  try {
    for await (const chunk of connection) await connection.write(chunk);
  } catch (error) {
    if (error instanceof TcpError) console.log("server:", error.code);
  }
});

async function attempt(name: string): Promise<void> {
  try {
    await using connection = await connect({ port: listener.port, timeoutMs: 1_000 });
    for await (const _ of connection);
  } catch (error) {
    if (error instanceof TcpError) console.log(`${name}:`, error.code);
  }
}

// The first says nothing and is thrown out after 50 ms; the second finds the server full.
const first = attempt("first");
await attempt("second");
await first;
console.log("refused:", listener.refused);
await listener.close();

// Nobody listens any more.
await attempt("third");
