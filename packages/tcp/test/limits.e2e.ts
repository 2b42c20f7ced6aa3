import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { connect, listen, type Connection } from "@netloom/tcp";
import { bytes } from "./peers.ts";

const run = promisify(execFile);
const program = (name: string): string => `${import.meta.dirname}/programs/${name}.mjs`;
/** The command for a Node that may have 64 file descriptors. */
const limited = (...args: string[]): [string, string[]] => [
  "/bin/sh",
  ["-c", 'ulimit -n 64 && exec "$0" "$@"', process.execPath, ...args],
];

describe.skipIf(process.platform === "win32")("without file descriptors", () => {
  it("connect rejects with ERR_TCP_LIMIT, and works again when there are some", async () => {
    await using listener = await listen({}, async (connection) => {
      for await (const _ of connection);
    });
    const { stdout } = await run(...limited(program("limited-client"), String(listener.port)));
    expect(JSON.parse(stdout)).toEqual({ code: "ERR_TCP_LIMIT", some: true, port: listener.port });
  });

  it("a listener lives on, and serves again when there are some", async () => {
    const child = spawn(...limited(program("limited-server")), {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const port = Number(line.toString());
    /** Whether the server echoes; its process cannot hold those that it does not. */
    const served = async (client: Connection): Promise<boolean> => {
      await client.write(bytes("hello"));
      return (await client[Symbol.asyncIterator]().next()).done !== true;
    };
    const clients: Connection[] = [];
    let refused = 0;
    while (clients.length < 100) {
      const client = await connect({ port });
      clients.push(client);
      if (!(await served(client).catch(() => false))) refused++;
    }
    expect([refused > 30, refused < 100]).toEqual([true, true]);
    for (const client of clients) client.destroy();

    for (let answered = false; !answered;) {
      await using client = await connect({ port });
      // Not at once: the server has to notice that the others are gone.
      answered = await served(client).catch(() => false);
    }
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });
});

const restrictionFile = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
const restricted = existsSync(restrictionFile) && Number(readFileSync(restrictionFile)) > 1;

describe.skipIf(!restricted)("a privileged port", () => {
  it("is ERR_TCP_NOT_PERMITTED for other users", async () => {
    const { stdout } = await run(process.execPath, [program("privileged-port")]);
    expect(stdout).toBe("ERR_TCP_NOT_PERMITTED\n");
  });
});
