import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environment, FIXTURE_COMMAND, isInstalled, run, startOnTerminal } from "./run-fixture.ts";

function shell(command: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("bash", ["-c", `set -o pipefail; ${command}`], {
    env: environment(),
    encoding: "utf8",
  });
}

describe("results and notes", () => {
  test("under --json, wherever it stands, both streams are lines of JSON", () => {
    for (const args of [
      ["--json", "add", "1"],
      ["add", "1", "--json"],
    ]) {
      const { stdout, stderr, status } = run(args);
      expect(status).toBe(0);
      expect(stdout).toBe('{"sum":1}\n');
      expect(JSON.parse(stderr)).toEqual({ type: "note", text: "adding" });
    }
  });

  test("an error under --json is a line of JSON, even one in the arguments before it", () => {
    const { stdout, stderr, status } = run(["--lang", "fr", "--json"]);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(JSON.parse(stderr)).toEqual({
      type: "error",
      status: 2,
      code: "ERR_APP_USAGE",
      message: '--lang <language>: got "fr", expected one of: en, zh (see: fixture --help)',
    });
    expect(JSON.parse(run(["connect", "1", "--json"]).stderr)).toMatchObject({
      status: 1,
      code: "ECONNREFUSED",
    });
  });
});

describe("the reader of standard output", () => {
  test.each(["", "--listen"])("going away ends the app quietly (%s)", (option) => {
    const { status, stdout, stderr } = shell(
      `${FIXTURE_COMMAND} count 100000000 ${option} | head -n 2`,
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: "line 0\nline 1\n",
      stderr: "",
    });
  });

  test("that is slow still gets everything", () => {
    const { status, stdout } = shell(
      `${FIXTURE_COMMAND} count 20000 | dd bs=1 2>/dev/null | tail -n 1`,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: "line 19999\n" });
  });

  test.skipIf(!existsSync("/dev/full"))("being a full disk is one clear line, status 1", () => {
    const { status, stderr } = shell(`${FIXTURE_COMMAND} count 1 > /dev/full`);
    expect(status).toBe(1);
    expect(stderr).toBe("fixture: no space left on the disk: free some, or choose another place\n");
  });
});

describe("colours", () => {
  const green = "\x1b[32m= 1\x1b[39m";

  test("never go to a pipe, unless forced", () => {
    expect(run(["add", "1"]).stdout).toBe("= 1\n");
    expect(run(["add", "1"], { FORCE_COLOR: "1" }).stdout).toBe(`${green}\n`);
    expect(run(["add", "1"], { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).toBe("= 1\n");
    expect(run(["add", "1", "--no-color"], { FORCE_COLOR: "1" }).stdout).toBe("= 1\n");
    expect(run(["--help"], { FORCE_COLOR: "1" }).stdout).toContain("\x1b[1mUsage:\x1b[22m");
    expect(run(["--help"]).stdout).not.toContain("\x1b");
  });

  test.skipIf(!isInstalled("script"))("go to a terminal, unless refused", async () => {
    const add = `${FIXTURE_COMMAND} add 1`;
    expect((await startOnTerminal(add).ended).stdout).toContain(green);
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      const { stdout } = await startOnTerminal(add, env).ended;
      expect(stdout).toContain("= 1");
      expect(stdout).not.toContain("\x1b[32m");
    }
  });
});
