import { describe, expect, it } from "vitest";

import { run } from "./fixtures/command.ts";
import type { Ended } from "./fixtures/command.ts";

/** One line for people, no stack. */
function expectLine({ status, stdout, stderr }: Ended, wanted: number, line: RegExp): void {
  expect({ status, stdout }, stderr).toEqual({ status: wanted, stdout: "" });
  expect(stderr).toMatch(/^netloom-netinfo: [^\n]+\n$/);
  expect(stderr).toMatch(line);
}

describe("wrong arguments: one line, status 2", () => {
  const cases: readonly (readonly [args: readonly string[], line: RegExp])[] = [
    [["ip"], /missing argument <address>/],
    [["ip", "192.168.1.256"], /at character 11 got "256", expected a number from 0 to 255/],
    [["ip", "010.0.0.1"], /got "010", expected a number without a leading zero/],
    [["ip", "127.1"], /ends too early: at character 6 expected "\." and another number/],
    [["ip", "fe80::1::2"], /at character 8 got "::", expected at most one "::"/],
    [["ip", "10.0.0.1/33"], /at character 10 got "33", expected a prefix length from 0 to 32/],
    [["ip", "10.0.0.1", "255.0.255.0", "10.0.0.2"], /255\.0\.255\.0 is no mask/],
    [["ip", "10.0.0.1", "10.0.0.2"], /10\.0\.0\.2 is no mask, and without one/],
    [["ip", "10.0.0.1", "ffff::"], /one is IPv4, the other IPv6/],
    [["ip", "10.0.0.1/8", "255.0.0.0", "10.0.0.2"], /10\.0\.0\.1\/8 has a prefix already/],
    [["ip", "10.0.0.1/8", "::1"], /an IPv4 host cannot send to an IPv6 address/],
    [["ip", "10.0.0.1/8", "10.0.0"], /"10\.0\.0" ends too early/],
    [["ip", "1\u001b[2J"], /at character 2 got/],
    [["resolve", "010.0.0.1"], /leading zero/],
    [["resolve", "1.2.3.4.5"], /expected the end, after four numbers/],
    [["resolve", "two words"], /at character 4 got " ", expected a host name/],
    [["resolve", ""], /expected a host name/],
    [["resolve", "x".repeat(300)], /at most 253 characters, got 300/],
    [["resolve", "localhost", "--timeout", "5"], /--timeout <time>: got "5", expected a time with/],
    [["resolve", "localhost", "--timeout", "0s"], /--timeout <time>: got "0s", expected at least/],
    [["ports", "--port", "65536"], /--port <port>: got "65536", expected a whole number from 1/],
    [["ports", "8080"], /too many arguments/],
    [["interfaces", "eth0"], /too many arguments/],
    [["interface"], /unknown command "interface", did you mean interfaces\?/],
  ];
  for (const [args, line] of cases) {
    it(args.join(" ").slice(0, 60), async () => {
      const ended = await run(args);
      expectLine(ended, 2, line);
      expect(ended.stderr).not.toContain("\u001b");
    });
  }

  it("in Chinese too", async () => {
    const ended = await run(["ip", "192.168.1.256", "--lang", "zh"]);
    expectLine(ended, 2, /第 11 个字符处得到 "256"，应为 0 到 255 的数/);
  });

  it("as one line of JSON under --json", async () => {
    const { status, stdout, stderr } = await run(["ip", "1.2.3", "--json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ type: "error", status: 2, code: "ERR_APP_USAGE" });
  });
});

describe("help", () => {
  it("tells the commands, the examples and the statuses", async () => {
    const { status, stdout } = await run(["--help"]);
    expect(status).toBe(0);
    for (const part of ["interfaces", "ip <address>", "resolve", "ports", "a name was not found"]) {
      expect(stdout).toContain(part);
    }
  });

  it("is in Chinese when asked", async () => {
    const { stdout } = await run(["ports", "--help", "--lang", "zh"]);
    expect(stdout).toContain("只列出这个本地端口");
  });
});
