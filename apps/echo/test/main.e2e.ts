import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { Command, run, serve } from "./fixtures/command.ts";
import type { Ended } from "./fixtures/command.ts";
import { tcpServer, udpServer } from "./fixtures/peers.ts";

/** One line for people, no stack. */
function expectLine({ status, stdout, stderr }: Ended, wanted: number, line: RegExp): void {
  expect({ status, stdout }, stderr).toEqual({ status: wanted, stdout: "" });
  expect(stderr).toMatch(/^netloom-echo: [^\n]+\n$/);
  expect(stderr).toMatch(line);
}

describe("wrong arguments: one line, status 2", () => {
  const cases: readonly (readonly [args: string, line: RegExp])[] = [
    ["serve --port 65536", /--port <port>: got "65536", expected a whole number from 0 to 65535/],
    ["serve --port http", /--port <port>: got "http"/],
    ["serve --protocol sctp", /--protocol <protocol>: got "sctp", expected one of: tcp, udp, both/],
    ["serve 7007", /too many arguments/],
    ["serve --prot", /unknown option --prot/],
    ["send --port 0 hi", /--port <port>: got "0", expected a whole number from 1 to 65535/],
    ["send --protocol both hi", /--protocol <protocol>: got "both", expected one of: tcp, udp/],
    [
      "send --encoding latin1 hi",
      /--encoding <encoding>: got "latin1", expected one of: utf-8, gbk/,
    ],
    ["send --timeout 5 hi", /--timeout <time>: got "5", expected a time with its unit/],
    ["send --timeout 0s hi", /--timeout <time>: got "0s", expected at least 1ms/],
    ["send --timeout", /option --timeout <time> needs a value/],
    ["sned hi", /unknown command "sned", did you mean send\?/],
  ];
  for (const [args, line] of cases) {
    it(args, async () => expectLine(await run(args.split(" ")), 2, line));
  }

  it("a host that is none", async () => {
    for (const command of ["serve", "send"]) {
      const ended = await run([command, "--host", ""]);
      expectLine(ended, 2, /--host <\w+>: got "", expected a name or an IP address/);
    }
  });

  it("a text that the encoding cannot write", async () => {
    expectLine(await run(["send", "--encoding", "gbk", "5 €"]), 2, /gbk has no bytes for "€"/);
  });

  it("a text that is no line", async () => {
    expectLine(await run(["send", "two\nlines"]), 2, /over TCP a text is one line/);
  });

  it("a text that no datagram holds", async () => {
    const text = "x".repeat(65_508);
    const ended = await run(["send", "--protocol", "udp", text]);
    expectLine(ended, 2, /65508 bytes is too long: at most 65507 go over UDP/);
  });

  it("in Chinese too", async () => {
    expectLine(await run(["serve", "--port", "x", "--lang", "zh"]), 2, /得到 "x"，应为/);
  });
});

describe("what cannot be done: one line, status 1", () => {
  for (const protocol of ["tcp", "udp", "both"] as const) {
    it(`port in use (${protocol})`, async () => {
      await using server = await serve("--protocol", protocol === "udp" ? "udp" : "tcp");
      const args = ["serve", "--protocol", protocol, "--port", String(server.port)];
      expectLine(await run(args), 1, new RegExp(`127.0.0.1:${server.port} is already in use`));
    });

    it(`an address that is not this machine's (${protocol})`, async () => {
      // 192.0.2.0/24 is for documentation (RFC 5737): nobody has it.
      const args = ["serve", "--protocol", protocol, "--host", "192.0.2.1", "--port", "0"];
      expectLine(await run(args), 1, /192\.0\.2\.1 is not an address of this machine/);
    });

    it(`a port for which more rights are needed (${protocol})`, async ({ skip }) => {
      const first = unprivilegedPortStart();
      skip(first <= 1, "this system lets everybody use every port");
      // Root may use any port: the command runs as somebody else then.
      const uid = process.getuid?.() === 0 ? 65_534 : undefined;
      const ended = await run(["serve", "--protocol", protocol, "--port", "1"], { uid });
      expectLine(
        ended,
        1,
        /no permission to listen on 127\.0\.0\.1:1: ports below 1024 need more rights/,
      );
    });
  }

  for (const protocol of ["tcp", "udp"] as const) {
    it(`a host that does not exist (${protocol})`, async () => {
      // .invalid never exists (RFC 6761); without a name server the system cannot even ask.
      for (const command of ["serve", "send"]) {
        const args = [command, "--protocol", protocol, "--host", "nowhere.invalid"];
        const ended = await run(args, { input: "hello\n" });
        expectLine(ended, 1, /host nowhere\.invalid (not found|could not be looked up)/);
      }
    });
  }

  it("nobody listens (tcp)", async () => {
    // A port that was free a moment ago.
    const server = await tcpServer(() => {});
    await server[Symbol.asyncDispose]();
    const ended = await run(["send", "--port", String(server.port), "hello"]);
    expectLine(ended, 1, /127\.0\.0\.1:\d+ refused the connection/);
  });

  it("nobody answers (udp): that nobody listens cannot be known", async () => {
    await using server = await udpServer(() => undefined);
    const args = ["send", "--protocol", "udp", "--timeout", "300ms", "--port", String(server.port)];
    const { stdout, ...ended } = await run([...args, "hello"]);
    expectLine({ stdout: "", ...ended }, 1, /nothing came back from 127\.0\.0\.1:\d+/);
    expect(stdout).toBe("hello  (lost: no echo in time)\n1 sent, 0 echoed, 0 different, 1 lost\n");
  });

  it("is one line of JSON under --json", async () => {
    const { status, stderr } = await run(["serve", "--host", "192.0.2.1", "--port", "0", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ type: "error", status: 1, code: "EADDRNOTAVAIL" });
  });
});

function unprivilegedPortStart(): number {
  try {
    return Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
  } catch {
    return process.platform === "win32" ? 0 : 1024;
  }
}

describe("help", () => {
  it("tells both commands, the examples and the statuses", async () => {
    const { status, stdout } = await run(["--help"]);
    expect(status).toBe(0);
    for (const part of [
      "serve [options]",
      "send [options] [text...]",
      "netloom-echo send --protocol udp",

      "Exit status:",
      "something was lost",
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it("tells defaults and choices of each option", async () => {
    const { stdout } = await run(["send", "--help"]);
    const folded = stdout.replaceAll(/\s+/g, " ");
    expect(folded).toContain("choices: utf-8, gbk; default: utf-8");
    expect(folded).toContain("default: 5s");
    expect(folded).toContain("default: 7007");
  });

  it("is in Chinese when asked", async () => {
    const { stdout } = await run(["serve", "--help", "--lang", "zh"]);
    expect(stdout).toContain("原样返回收到的一切，直到被停止");
  });
});

describe("colours", () => {
  it("are left out of a pipe and under NO_COLOR, and can be forced", async () => {
    await using server = await serve("--protocol", "tcp");
    const args = ["send", "--port", String(server.port), "hello"];
    for (const [env, colored] of [
      [{}, false],
      [{ FORCE_COLOR: "1" }, true],
      [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ] as const) {
      expect((await run(args, { env })).stdout.includes("\u001b[")).toBe(colored);
    }
  });
});

it("ends quietly when nobody reads what it prints", async () => {
  await using server = new Command(["serve", "--port", "0"]);
  await server.until("stdout", "UDP echo on");
  const port = /:(\d+)/.exec(server.stdout)?.[1] ?? "";
  server.child.stdout.destroy();
  // Its next line finds no reader.
  await run(["send", "--port", port, "hello"]);
  const { status, stderr } = await server.ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
