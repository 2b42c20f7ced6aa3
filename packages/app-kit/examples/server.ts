import { createApp, integerBetween } from "@netloom/app-kit";
import { once } from "node:events";
import { connect, createServer } from "node:net";

const app = createApp({
  name: "daytime",
  version: "1.0.0",
  summary: { en: "Says hello over TCP", zh: "通过 TCP 问好" },
  // A program of your own leaves this out: the arguments are those of the process.
  argv: ["serve", "--times", "1"],
});

app.program
  .command("serve")
  .option("--times <n>", "stop by itself after so many connections", integerBetween(1))
  .action(async ({ times = Infinity }) => {
    const server = createServer((socket) => {
      socket.end("hello\n");
      times--;
      // For this example's sake: what Ctrl-C does.
      if (times === 0) process.kill(process.pid, "SIGINT");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening", { signal: app.signal });
    app.output.result({ ready: true }, "listening");
    greet(server.address());

    await app.untilStopped();
    server.close();
    await once(server, "close");
    app.output.result({ ready: false }, "stopped well");
  });

await app.main();

function greet(address: ReturnType<ReturnType<typeof createServer>["address"]>): void {
  if (address === null || typeof address === "string") return;
  connect(address.port, address.address).on("data", (bytes) => {
    app.output.result({ got: String(bytes) }, `client got: ${String(bytes).trim()}`);
  });
}
