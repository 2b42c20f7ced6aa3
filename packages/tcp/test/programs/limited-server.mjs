// @ts-check
// Echoes; prints its port.
import { listen } from "@netloom/tcp";

const listener = await listen({}, async (connection) => {
  for await (const chunk of connection) await connection.write(chunk);
});
console.log(listener.port);
process.once("SIGTERM", () => void listener.close());
