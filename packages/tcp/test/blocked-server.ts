import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Connection } from "@netloom/tcp";

/** A server that does not answer connection attempts: see `blockedServer`. */
export interface BlockedServer extends AsyncDisposable {
  readonly port: number;
  /** Lets it accept again: attempts that are still alive succeed at the next retransmission. */
  release(): void;
}

// Blocks its event loop by a synchronous read of standard input as soon as it listens.
const program = `
  const server = require("node:net").createServer((socket) => socket.on("error", () => {}).end("hello"));
  server.listen({ port: 0, host: process.argv[1], backlog: 1 }, () => {
    process.stdout.write(server.address().port + "\\n", () => {
      require("node:fs").readSync(0, Buffer.alloc(1));
    });
  });
`;

/**
 * A process that listens but never accepts, with its backlog full: the system answers no further
 * attempt to connect, as a host that drops packets does, and everything stays on loopback.
 */
export async function blockedServer(host: string): Promise<BlockedServer> {
  const child = spawn(process.execPath, ["-e", program, host], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line.toString());
  const fillers: Connection[] = [];
  for (let full = false; !full;) {
    try {
      fillers.push(await connect({ host, port, timeoutMs: 200 }));
    } catch {
      full = true;
    }
  }
  return {
    port,
    release: () => {
      child.stdin.end("x");
    },
    [Symbol.asyncDispose]: async () => {
      for (const connection of fillers) connection.destroy();
      child.kill("SIGKILL");
      await exit;
    },
  };
}
