import { bind } from "@netloom/udp";

// A server: a loop over what arrives, each datagram with its sender's address.
const server = await bind({ port: 0 });
const serving = (async () => {
  for await (const { data, from } of server) {
    const text = new TextDecoder().decode(data);
    await server.send(new TextEncoder().encode(text.toUpperCase()), from);
  }
})();

// A client. UDP promises nothing: a real one sends again when no answer comes.
await using client = await bind();
await client.send(new TextEncoder().encode("hello, 织网"), server.address);
for await (const { data, from } of client) {
  console.log(new TextDecoder().decode(data), from.port === server.address.port);
  break;
}

// Closing ends the server's loop.
await server.close();
await serving;
