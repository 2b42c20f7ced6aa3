import { execFile, spawnSync } from "node:child_process";
import { lookup } from "node:dns/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { lookUp, NetinfoError } from "@netloom/netinfo";
import type { Lookup } from "@netloom/netinfo";
import { afterAll, describe, expect, it } from "vitest";

import { Command, run, runJson } from "./fixtures/command.ts";

const ms = expect.any(Number) as number;

describe("a name", () => {
  it("gives its addresses, and the name of each, with the time it took", async () => {
    const addresses = (await lookup("localhost", { all: true })).map(({ address }) => address);
    const { status, events, stderr } = await runJson(["resolve", "localhost"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(events[0]).toEqual({ asked: "localhost", answers: [...new Set(addresses)], ms });
    expect(events.slice(1).map(({ asked }) => asked)).toEqual([...new Set(addresses)]);
  });

  it("is shown a line each, in both languages", async () => {
    const { stdout } = await run(["resolve", "localhost"]);
    expect(stdout).toMatch(/^localhost -> [^\n]*127\.0\.0\.1[^\n]* {2}\([\d.]+ ms\)\n/);
    const chinese = await run(["resolve", "localhost", "--lang", "zh"]);
    expect(chinese.stdout).toMatch(/^localhost -> [^\n]+ {2}（[\d.]+ 毫秒）\n/);
  });

  it("that does not exist is one line, with status 1", async () => {
    // .invalid never exists (RFC 6761); without a name server the system cannot even ask.
    const { status, stdout, stderr } = await run(["resolve", "nowhere.invalid"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^netloom-netinfo: (nowhere\.invalid has no address: check the spelling|the resolver could not look up nowhere\.invalid [^\n]+)\n$/,
    );
  });
});

describe("an address", () => {
  it("gives its name, and the name's addresses", async () => {
    const { status, events } = await runJson(["resolve", "127.0.0.1"]);
    expect(status).toBe(0);
    expect(events[0]).toEqual({ asked: "127.0.0.1", answers: [expect.any(String)], ms });
    expect([events[1]?.["asked"]]).toEqual(events[0]?.["answers"]);
  });

  it("without a name is one line, with status 1", async () => {
    // 192.0.2.0/24 is for documentation (RFC 5737): nobody has a name for it.
    const { status, stdout, stderr } = await run(["resolve", "192.0.2.77"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^netloom-netinfo: (192\.0\.2\.77 has no name here|the resolver could not look up 192\.0\.2\.77 [^\n]+)\n$/,
    );
  });
});

describe("in a program", () => {
  async function all(text: string, options: Parameters<typeof lookUp>[1] = {}): Promise<Lookup[]> {
    const found: Lookup[] = [];
    for await (const each of lookUp(text, options)) found.push(each);
    return found;
  }

  it("gives the same items", async () => {
    const [first, ...back] = await all("localhost");
    expect(first?.answers).toContain("127.0.0.1");
    expect(back.map(({ asked }) => asked)).toEqual(first?.answers);
  });

  it("may be left early, and leaves no process", async () => {
    for await (const { asked } of lookUp("localhost")) {
      expect(asked).toBe("localhost");
      break;
    }
    const { stdout } = await promisify(execFile)("ps", ["-eo", "ppid,args"]);
    const ours = stdout.split("\n").filter((line) => Number.parseInt(line, 10) === process.pid);
    expect(ours.filter((line) => line.includes("resolver-process"))).toEqual([]);
  });

  it("is aborted before and while it waits", async () => {
    const reason = new Error("no more");
    await expect(all("localhost", { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "ERR_NETINFO_ABORTED",
      cause: reason,
    });
    const controller = new AbortController();
    const ended = all("localhost", { signal: controller.signal });
    controller.abort(reason);
    await expect(ended).rejects.toMatchObject({ code: "ERR_NETINFO_ABORTED", cause: reason });
  });

  it("refuses a time limit that is none", async () => {
    for (const timeoutMs of [0, -1, 1.5, 2 ** 31, Number.NaN]) {
      await expect(all("localhost", { timeoutMs })).rejects.toThrow(NetinfoError);
    }
  });
});

const isolated = ["unshare", "--map-root-user", "--mount", "--net"];
const folder = mkdtempSync(join(tmpdir(), "netloom-netinfo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const server = fileURLToPath(new URL("fixtures/silent-name-server.mjs", import.meta.url));
const silent = [...isolated, process.execPath, server, join(folder, "resolv.conf")];

function canIsolate(): boolean {
  const { status } = spawnSync(isolated[0] ?? "", [...isolated.slice(1), "ip", "link"]);
  if (status === 0) return true;
  process.stderr.write("skipped: tests with a silent name server, which need unshare\n");
  return false;
}

describe.runIf(canIsolate())("where the name server is silent", () => {
  it("keeps the time limit, although the system's resolver waits much longer", async () => {
    const started = performance.now();
    const args = ["resolve", "slow.example", "--timeout", "300ms"];
    const { status, stdout, stderr } = await run(args, { wrapper: silent });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "netloom-netinfo: the resolver did not answer within 300 ms (slow.example): check the network and its name server\n",
    });
    expect(stdout).toMatch(/^(?:asked\n)?left running: 0\n$/);
    // The resolver itself gives up after 10 s.
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("ends at once at Ctrl-C, and leaves no process", async () => {
    const command = new Command(["resolve", "slow.example"], { wrapper: silent });
    await command.until("asked");
    const started = performance.now();
    command.child.kill("SIGINT");
    expect(await command.ended).toEqual({
      status: 130,
      stdout: "asked\nleft running: 0\n",
      stderr: "",
    });
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("still knows localhost", async () => {
    const { status, stdout } = await run(["resolve", "localhost"], { wrapper: silent });
    expect({ status, first: stdout.split("\n")[0] }).toEqual({
      status: 0,
      first: expect.stringMatching(/^localhost -> .*127\.0\.0\.1/) as string,
    });
  });
});
