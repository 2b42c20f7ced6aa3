import { memoryPair } from "@netloom/testing";

// A pair of connected streams, and the code under test at one end: a server that shouts back.
const [client, server] = memoryPair();

const serving = (async () => {
  const upper = new TextDecoder();
  for await (const chunk of server) {
    const answer = upper.decode(chunk, { stream: true }).toUpperCase();
    await server.write(new TextEncoder().encode(answer));
  }
  await server.close();
})();

await client.write(new TextEncoder().encode("hello, "));
await client.write(new TextEncoder().encode("world"));
await client.end();

const answer = new TextDecoder();
let text = "";
for await (const chunk of client) text += answer.decode(chunk, { stream: true });
console.log(text);
await Promise.all([serving, client.close()]);
