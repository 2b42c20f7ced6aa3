// @ts-check
// Connects to the port given until that fails, gives everything back, and connects once more.
import { connect, TcpError } from "@netloom/tcp";

const port = Number(process.argv[2]);
/** @type {import("@netloom/tcp").Connection[]} */
const connections = [];
let code;
while (code === undefined) {
  try {
    connections.push(await connect({ port }));
  } catch (error) {
    code = error instanceof TcpError ? error.code : String(error);
  }
}
for (const connection of connections) connection.destroy();
await new Promise((resolve) => {
  setImmediate(resolve);
});
const again = await connect({ port });
await again.close();
console.log(
  JSON.stringify({ code, some: connections.length > 10, port: again.remoteAddress.port }),
);
