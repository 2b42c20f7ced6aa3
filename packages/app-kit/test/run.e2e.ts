import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { run, SINGLE, start } from "./run-fixture.ts";

const lines = (text: string): string[] => text.split("\n").slice(0, -1);

describe("exit status", () => {
  test("0 for work that was done", () => {
    expect(run(["add", "1", "2"])).toMatchObject({
      status: 0,
      stdout: "= 3\n",
      stderr: "adding\n",
    });
  });

  test("what the action has set, without a message", () => {
    expect(run(["add", "1", "-2"])).toMatchObject({ status: 3, stderr: "adding\n" });
  });

  test("that of an AppError, and its text in the user's language", () => {
    expect(run(["fail", "own"])).toMatchObject({
      status: 7,
      stderr: "fixture: the moon is\\nin the way\n",
    });
    expect(run(["fail", "own", "--lang", "zh"]).stderr).toBe("fixture: 月亮挡住了\n");
  });

  test.each([
    ["bug", "fixture: unexpected error in this program: Cannot read"],
    ["event", "fixture: 127.0.0.1:1 refused the connection: "],
    ["rejection", "fixture: nobody waited"],
  ])("1 and one line for a failure by %s", (how, beginning) => {
    const { status, stdout, stderr } = run(["fail", how]);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr.startsWith(beginning)).toBe(true);
  });

  test("NETLOOM_DEBUG=1 adds the stack", () => {
    expect(run(["fail", "bug"], { NETLOOM_DEBUG: "1" }).stderr).toMatch(/\n\s+at .*app\.mjs/);
  });

  test("1 and one line for a port in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { ended } = start(["listen", "--port", String(port)]);
    expect(await ended).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `fixture: 127.0.0.1:${port} is already in use: stop the program that uses it, or choose another port\n`,
    });
    server.close();
  });
});

describe("wrong arguments: status 2 and one line that says what was expected", () => {
  test.each<[string[], string, string]>([
    [
      ["add"],
      "missing argument <numbers> (see: fixture add --help)",
      "缺少参数 <numbers>（参见：fixture add --help）",
    ],
    [
      ["add", "1", "--round"],
      "option --round <how> needs a value (see: fixture add --help)",
      "选项 --round <how> 需要一个值（参见：fixture add --help）",
    ],
    [
      ["add", "x"],
      '<numbers>: got "x", expected a whole number from -1000 to 1000 (see: fixture add --help)',
      '<numbers>：得到 "x"，应为 -1000 到 1000 之间的整数（参见：fixture add --help）',
    ],
    [
      ["add", "1", "--round", "in"],
      '--round <how>: got "in", expected one of: up, down (see: fixture add --help)',
      '--round <how>：得到 "in"，应为其中之一：up、down（参见：fixture add --help）',
    ],
    [
      ["add", "1", "--rond", "up"],
      "unknown option --rond, did you mean --round? (see: fixture add --help)",
      "未知选项 --rond，是不是 --round？（参见：fixture add --help）",
    ],
    [
      ["add", "1", "-q"],
      "unknown option -q (see: fixture add --help)",
      "未知选项 -q（参见：fixture add --help）",
    ],
    [
      ["listen", "--port", "70000"],
      '--port <port>: got "70000", expected a whole number from 0 to 65535 (see: fixture listen --help)',
      '--port <port>：得到 "70000"，应为 0 到 65535 之间的整数（参见：fixture listen --help）',
    ],
    [
      ["listen", "here", "there"],
      "too many arguments: got 2, expected 0 (see: fixture listen --help)",
      "参数过多：得到 2 个，应为 0 个（参见：fixture listen --help）",
    ],
    [
      ["lisen"],
      'unknown command "lisen", did you mean listen? (see: fixture --help)',
      '未知命令 "lisen"，是不是 listen？（参见：fixture --help）',
    ],
    [
      ["fail", "usage"],
      "either or (see: fixture fail --help)",
      "二选一（参见：fixture fail --help）",
    ],
    [
      ["pick"],
      "missing option --color-of <what> (see: fixture pick --help)",
      "缺少选项 --color-of <what>（参见：fixture pick --help）",
    ],
    [
      ["pick", "--color-of", "sky", "--all"],
      "--all cannot be used together with --color-of <what> (see: fixture pick --help)",
      "--all 不能与 --color-of <what> 同时使用（参见：fixture pick --help）",
    ],
  ])("%j", (args, english, chinese) => {
    expect(run(args)).toEqual({
      status: 2,
      signal: null,
      stdout: "",
      stderr: `fixture: ${english}\n`,
    });
    const zh = run(args, { NETLOOM_LANG: "zh" });
    expect(zh).toEqual({ status: 2, signal: null, stdout: "", stderr: `fixture: ${chinese}\n` });
  });

  test("an unknown command that is like none lists those there are", () => {
    const { stderr } = run(["xxxxxxxx"]);
    expect(stderr).toMatch(/^fixture: unknown command "xxxxxxxx", expected one of: add, listen, /);
    expect(lines(stderr)).toHaveLength(1);
  });

  test("what a user typed cannot steer the terminal", () => {
    expect(run(["\x1b[2Jzzzzzzzz\n"]).stderr).not.toContain("\x1b");
    expect(lines(run(["\x1b[2Jzzzzzzzz\n"]).stderr)).toHaveLength(1);
  });
});

describe("without a command", () => {
  test("the help stands on standard output, status 0", () => {
    const { status, stdout, stderr } = run([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(run(["--help"]).stdout);
    expect(stdout).toBe(run(["help"]).stdout);
  });

  test("a group of commands shows its own help", () => {
    expect(run(["group"])).toMatchObject({ status: 0, stderr: "" });
    expect(run(["group"]).stdout).toMatch(/^Usage: fixture group [^]*inner/);
    expect(run(["group", "other"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/expected one of: inner.*\(see: fixture group --help\)\n$/),
    });
  });

  test("under --json, which promises JSON, it is a mistake", () => {
    const { status, stdout, stderr } = run(["--json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ type: "error", status: 2, code: "ERR_APP_USAGE" });
  });
});

describe("an app without commands", () => {
  const single = (...args: string[]): ReturnType<typeof run> => run(args, {}, SINGLE);

  test("takes any word for its argument", () => {
    expect(single("help").stdout).toBe("hello help\n");
    expect(single()).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "single: missing argument <name> (see: single --help)\n",
    });
  });

  test("does not speak of commands, and can be completed all the same", () => {
    const { stdout } = single("--help");
    expect(stdout).toMatch(/^Usage: single \[options\] <name>\n/);
    expect(stdout).not.toContain("ommand");
    expect(single("completion", "bash").stdout).toContain("complete -o default");
  });
});

describe("help", () => {
  test("names commands, global options, examples and statuses of its own", () => {
    const { stdout } = run(["--help"]);
    for (const part of [
      "Usage: fixture",
      "add [options] <numbers...>",
      "--json",
      "fixture add 1 2",
      "3  the answer",
    ]) {
      expect(stdout).toContain(part);
    }
    const add = run(["add", "--help"]).stdout;
    expect(add).toContain("Global Options:");
    expect(add).toContain("(choices: up, down)");
    expect(add).not.toContain("fixture add 1 2");
    expect(run(["help", "add"]).stdout).toBe(add);
    expect(run(["listen", "-h"]).stdout).toContain("(default: 127.0.0.1)");
  });

  test("is wholly in Chinese, for commands that were added ready-made too", () => {
    for (const args of [
      ["--help"],
      ["add", "--help"],
      ["completion", "--help"],
      ["made", "--help"],
    ]) {
      const { stdout, status } = run(args, { LANG: "zh_CN.UTF-8" });
      expect(status).toBe(0);
      expect(stdout).toContain("用法：");
      expect(stdout).toContain("显示帮助");
      expect(stdout).not.toMatch(/Usage|Options:|default:|choices:|display help/);
    }
  });

  test("--version prints the version of the package", () => {
    expect(run(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run(["-V"]).status).toBe(0);
  });
});
