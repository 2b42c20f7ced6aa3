import { msgpack } from "@netloom/codec";
import { lengthPrefixed } from "@netloom/framing";
import { connect, listen } from "@netloom/tcp";

const framer = lengthPrefixed({ width: 4 });

await using server = await listen({ port: 0 }, async (connection) => {
  const messages = connection.messages(framer, msgpack<number[]>());
  for await (const numbers of messages) {
    await messages.send([numbers.reduce((sum, number) => sum + number, 0)]);
  }
});

await using connection = await connect({ port: server.port });
const messages = connection.messages(framer, msgpack<number[]>());
await messages.send([1, 2, 3]);
await messages.send([20, 22]);
await messages.end();
for await (const [sum] of messages) console.log(sum);
