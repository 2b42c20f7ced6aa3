import { bind } from "@netloom/udp";
import { setImmediate } from "node:timers/promises";

await using receiver = await bind({ maxQueued: 3 });
await using sender = await bind();
for (let index = 0; index < 5; index++) {
  await sender.send(Uint8Array.of(index), receiver.address);
}
// Nobody reads: three datagrams wait, and the newest two are dropped.
while (receiver.dropped < 2) await setImmediate();

for await (const { data } of receiver) {
  console.log(data[0]);
  if (data[0] === 2) break;
}
console.log("dropped:", receiver.dropped);
