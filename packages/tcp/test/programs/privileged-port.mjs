// @ts-check
// Listens on a privileged port as a user who may not, and prints the error's code.
import { listen } from "@netloom/tcp";

if (process.getuid?.() === 0) process.setuid?.(65_534);
try {
  const listener = await listen({ port: 1 });
  console.log("listens");
  listener.destroy();
} catch (error) {
  console.log(/** @type {{ code?: string }} */ (error).code);
}
