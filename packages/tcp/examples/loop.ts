import { connect, listen } from "@netloom/tcp";

const listener = await listen({ maxConnections: 100 });
await using client = await connect({ port: listener.port });
await client.write(new TextEncoder().encode("first line\nsecond line\n"));

for await (const connection of listener) {
  console.log(connection.remoteAddress.port === client.localAddress.port);
  // Leaving a loop leaves the connection open: what was not read is still there for the next one.
  for await (const chunk of connection) {
    console.log(chunk.length);
    break;
  }
  await connection.write(new TextEncoder().encode("enough"));
  await connection.close();
  break;
}
for await (const chunk of client) console.log(new TextDecoder().decode(chunk));

await client.close();
await listener.close();
