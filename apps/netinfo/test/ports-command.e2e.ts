import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

import { describe, expect, it } from "vitest";

import { Command, run, runJson } from "./fixtures/command.ts";

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

/** What stands for that server among the lines: others may use the same number elsewhere. */
function own(events: readonly Record<string, unknown>[], port: number): unknown[] {
  const local = JSON.stringify({ address: "127.0.0.1", port });
  return events.filter(
    (each) =>
      each["protocol"] === "tcp" &&
      each["state"] === "LISTEN" &&
      JSON.stringify(each["local"]) === local,
  );
}

describe.runIf(process.platform === "linux")("on Linux", () => {
  it("finds the process that listens on a port", async () => {
    const { server, port } = await listening();
    const { status, events, stderr } = await runJson(["ports", "--port", String(port)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(own(events, port)).toEqual([
      {
        protocol: "tcp",
        family: 4,
        local: { address: "127.0.0.1", port },
        state: "LISTEN",
        uid: process.getuid?.(),
        portClass: port < 49_152 ? "registered" : "dynamic",
        owner: "process",
        processes: [{ pid: process.pid, command: expect.stringContaining("node") as string }],
      },
    ]);
    const { stdout } = await run(["ports", "--port", String(port), "--listening"]);
    expect(stdout).toMatch(/^protocol +local +remote +state +class +process\n/);
    expect(stdout).toMatch(
      new RegExp(`\\ntcp +127\\.0\\.0\\.1:${port} +- +LISTEN .* ${process.pid} `),
    );
    server.close();
  });

  it("lists it among all that listen, in Chinese too", async () => {
    const { server, port } = await listening();
    const { status, stdout } = await run(["ports", "--listening", "--lang", "zh"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^协议 +本地 +对方 +状态 +端口分类 +进程\n/);
    expect(stdout).toContain(` 127.0.0.1:${port} `);
    server.close();
  });

  it("says in one line, with status 1, that a port is free", async () => {
    const { server, port } = await listening();
    server.close();
    await once(server, "close");
    expect(await run(["ports", "--listening", "--port", String(port)])).toEqual({
      status: 1,
      stdout: "",
      stderr: `netloom-netinfo: nothing listens on port ${port}\n`,
    });
  });

  it("marks what another user holds, and guesses nothing", async ({ skip }) => {
    skip(process.getuid?.() !== 0, "only root can run a command as somebody else");
    const { server, port } = await listening();
    const { status, events } = await runJson(["ports", "--port", String(port)], { uid: 65_534 });
    expect(status).toBe(0);
    expect(own(events, port)).toMatchObject([{ uid: 0, owner: "unreadable", processes: [] }]);
    const { stdout } = await run(["ports", "--port", String(port)], { uid: 65_534 });
    expect(stdout).toContain("not readable (user 0)");
    server.close();
  });

  it("ends quietly when nobody reads what it prints", async () => {
    const command = new Command(["ports"]);
    command.child.stdout?.destroy();
    const { status, stderr } = await command.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

it.skipIf(process.platform === "linux")("is refused in one line elsewhere", async () => {
  const { status, stdout, stderr } = await run(["ports"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^netloom-netinfo: who holds which port is read from [^\n]+\n$/);
});
