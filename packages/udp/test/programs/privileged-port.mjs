// @ts-check
// Binds a privileged port as a user who may not, and prints the error's code.
import { bind } from "@netloom/udp";

if (process.getuid?.() === 0) process.setuid?.(65_534);
try {
  const socket = await bind({ port: 1 });
  console.log("bound");
  socket.destroy();
} catch (error) {
  console.log(/** @type {{ code?: string }} */ (error).code);
}
