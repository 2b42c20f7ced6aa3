import { msgpack } from "@netloom/codec";
import { lengthPrefixed } from "@netloom/framing";
import { connect, listen } from "@netloom/tcp";

interface Order {
  readonly id: number;
  readonly items: readonly string[];
}

const framer = lengthPrefixed({ width: 4, maxFrameBytes: 64 * 1024 });

const listener = await listen({}, async (connection) => {
  const peer = connection.messages(framer, msgpack<Order>());
  for await (const order of peer) await peer.send({ ...order, items: order.items.toReversed() });
});

await using connection = await connect({ port: listener.port });
const peer = connection.messages(framer, msgpack<Order>());
await peer.send({ id: 1, items: ["茶", "rice"] });
await peer.send({ id: 2, items: [] });
await peer.end();
for await (const order of peer) console.log(order);

await listener.close();
