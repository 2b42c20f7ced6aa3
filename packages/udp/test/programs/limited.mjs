// @ts-check
// Binds sockets until that fails, gives everything back, and binds once more.
import { bind, UdpError } from "@netloom/udp";

/** @type {import("@netloom/udp").UdpSocket[]} */
const sockets = [];
let code;
while (code === undefined) {
  try {
    sockets.push(await bind());
  } catch (error) {
    code = error instanceof UdpError ? error.code : String(error);
  }
}
await Promise.all(sockets.map((socket) => socket.close()));
const again = await bind();
await again.close();
console.log(JSON.stringify({ code, some: sockets.length > 10 }));
