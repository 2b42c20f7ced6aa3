import { bind, UdpError } from "@netloom/udp";

await using receiver = await bind();
await using sender = await bind();
const to = { host: "localhost", port: receiver.address.port };

// One send, one datagram; no bytes is a datagram too.
await sender.send(Uint8Array.of(1, 2, 3), to);
await sender.send(new Uint8Array(0), to);
await sender.send(new Uint8Array(65_507), to);
try {
  await sender.send(new Uint8Array(65_508), to);
} catch (error) {
  if (error instanceof UdpError) console.log(error.code);
}

let received = 0;
for await (const { data } of receiver) {
  console.log(data.length);
  if (++received === 3) break;
}
