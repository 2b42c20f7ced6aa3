import { connect, listen, type Connection } from "@netloom/tcp";

// All that arrives until the peer ends its side. A chunk may end in the middle of a character.
async function readText(connection: Connection): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of connection) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

// A server: the handler is called for each connection, for all of them at the same time; when it is
// done, the connection is closed.
const listener = await listen({ port: 0 }, async (connection) => {
  const question = await readText(connection);
  await connection.write(new TextEncoder().encode(question.toUpperCase()));
});

// A client. `end` says that the question is complete; the answer can still be read.
await using connection = await connect({ port: listener.port });
await connection.write(new TextEncoder().encode("hello, 织网"));
await connection.end();
console.log(await readText(connection));

await listener.close({ deadlineMs: 1_000 });
