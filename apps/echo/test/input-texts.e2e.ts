// A person at a terminal: Python's pty module makes a real one.
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { serve } from "./fixtures/command.ts";
import { installed, Program } from "./fixtures/programs.ts";

const mainFile = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const terminal =
  "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

function atTerminal(port: number): Program {
  return new Program(
    "python3",
    ["-c", terminal, process.execPath, mainFile, "send", "--port", String(port)],
    { NETLOOM_LANG: "en", NO_COLOR: "1", TERM: "xterm" },
  );
}

describe.skipIf(!installed("python3"))("at a terminal", () => {
  it("prompts, echoes, recalls the last line, and ends at quit", async () => {
    await using server = await serve("--protocol", "tcp");
    await using person = atTerminal(server.port);
    const closed = once(person.child, "close");
    await person.match(
      "stdout",
      /talking to 127\.0\.0\.1:\d+ \(TCP, utf-8\); "quit" or Ctrl-D ends/,
    );
    await person.match("stdout", /> /);
    person.child.stdin.write("你好\r");
    await person.match("stdout", /你好 {2}\([\d.]+ ms\)[^]*> /);
    // Arrow up, enter.
    person.child.stdin.write("\u001b[A\r");
    await person.match("stdout", /(你好 {2}\([^]*){2}> /);
    person.child.stdin.write("quit\r");
    expect(await closed).toEqual([0, null]);
    expect(person.stdout).toContain("2 sent, 2 echoed");
  });

  for (const [key, byte, status] of [
    ["Ctrl-D", "\u0004", 0],
    ["Ctrl-C", "\u0003", 130],
  ] as const) {
    it(`ends at ${key} with status ${status}`, async () => {
      await using server = await serve("--protocol", "tcp");
      await using person = atTerminal(server.port);
      const closed = once(person.child, "close");
      await person.match("stdout", /> /);
      person.child.stdin.write(byte);
      expect(await closed).toEqual([status, null]);
    });
  }
});
