import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { environment, FIXTURE_COMMAND, isInstalled, Running } from "./run-fixture.ts";

// A folder with the command `fixture`, as an installation would put it on PATH, and some files.
const folder = mkdtempSync(join(tmpdir(), "app-kit-completion-"));
const command = join(folder, "fixture");
writeFileSync(command, `#!/bin/sh\nexec ${FIXTURE_COMMAND} "$@"\n`);
chmodSync(command, 0o755);
writeFileSync(join(folder, "notes one.txt"), "");
afterAll(() => rmSync(folder, { recursive: true }));
const { PATH = "", FPATH } = process.env;
// An empty FPATH would take zsh's own functions away.
const env = environment({ PATH: `${folder}:${PATH}`, ...(FPATH === undefined ? {} : { FPATH }) });

/** Lines, each with how the shells go on from there: what a user sees after the Tab key. */
const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["fixture ad", ["add"]],
  ["fixture co", ["connect", "count", "completion"]],
  ["fixture add --r", ["--round"]],
  ["fixture add --js", ["--json"]],
  ["fixture add 1 --round ", ["up", "down"]],
  ["fixture --lang zh add 1 --round d", ["down"]],
  ["fixture completion ", ["bash", "zsh", "fish"]],
  ["fixture listen x", []],
];

describe("bash", () => {
  function offered(line: string): string[] {
    const script = `
      source <(fixture completion bash)
      COMP_LINE=$1 COMP_POINT=\${#1}
      _fixture_complete
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script, "bash", line], {
      env,
      encoding: "utf8",
      cwd: folder,
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((word) => word !== "");
  }

  test.each(CASES)("%s", (line, expected) => {
    expect(offered(line).toSorted()).toEqual(expected.toSorted());
  });

  test("after `=`, where bash begins a new word, only the value is offered", () => {
    expect(offered("fixture add 1 --round=")).toEqual(["up", "down"]);
  });

  test("what stands in the line is not run", () => {
    expect(offered("fixture $(touch pwned) `touch pwned` ad")).toEqual([]);
    expect(spawnSync("ls", [folder], { encoding: "utf8" }).stdout).not.toContain("pwned");
  });

  test("two apps' scripts do not get in each other's way", () => {
    const script =
      "source <(fixture completion bash); source <(fixture completion bash | sed s/fixture/other/g); complete -p fixture other";
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-euc", script], {
      env,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe(
      "complete -o default -F _fixture_complete fixture\ncomplete -o default -F _other_complete other\n",
    );
  });

  test.skipIf(!isInstalled("script"))(
    "at a prompt, the Tab key finishes command, value and path",
    async () => {
      const shell = new Running("script", ["-qec", "bash --norc -i", "/dev/null"], {
        ...env,
        TERM: "dumb",
        PS1: "> ",
        INPUTRC: "/dev/null",
      });
      shell.child.stdin.write(`cd '${folder}'; source <(fixture completion bash); echo rea''dy\n`);
      await shell.said("stdout", "ready");
      shell.child.stdin.write("fixture ad\t1 2 --rou\tup\n");
      await shell.said("stdout", "= 3");
      shell.child.stdin.write("fixture connect no\t\n");
      await shell.said("stdout", 'got "notes one.txt"');
      shell.child.stdin.write("exit\n");
      await shell.ended;
    },
  );
});

describe.skipIf(!isInstalled("fish"))("fish", () => {
  function offered(line: string): string[] {
    const script = "fixture completion fish | source; complete --do-complete $argv[1]";
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script, line], {
      env,
      encoding: "utf8",
      cwd: folder,
    });
    expect(stderr).toBe("");
    return stdout
      .split("\n")
      .map((row) => row.split("\t")[0] ?? "")
      .filter((word) => word !== "");
  }

  test.each(CASES)("%s", (line, expected) => {
    expect(offered(line).toSorted()).toEqual(expected.toSorted());
  });

  test("paths, where one may stand, and nothing from the line is run", () => {
    expect(offered("fixture work no")).toEqual(["notes one.txt"]);
    expect(offered("fixture work ''(touch pwned) no")).toEqual([]);
    expect(spawnSync("ls", [folder], { encoding: "utf8" }).stdout).not.toContain("pwned");
  });
});

describe.skipIf(!isInstalled("zsh") || !isInstalled("script"))("zsh", () => {
  test("at a prompt, the Tab key finishes commands, options, values and paths", async () => {
    const shell = new Running("script", ["-qec", "zsh -f -i", "/dev/null"], {
      ...env,
      TERM: "dumb",
    });
    shell.child.stdin.write(
      `cd '${folder}'; autoload -Uz compinit; compinit -u -D; source <(fixture completion zsh); PS1='> '; echo rea''dy\n`,
    );
    await shell.said("stdout", "ready");
    // What is typed before zsh reads keys is not completed: its line editor announces itself.
    await shell.said("stdout", "\x1b[?2004h");
    shell.child.stdin.write("fixture ad\t1 2 --rou\tup\n");
    await shell.said("stdout", "= 3");
    await shell.said("stdout", "\x1b[?2004h");
    shell.child.stdin.write("fixture compl\tz\t| head -n 1\n");
    await shell.said("stdout", "#compdef fixture");
    await shell.said("stdout", "\x1b[?2004h");
    shell.child.stdin.write("fixture connect no\t\n");
    await shell.said("stdout", 'got "notes one.txt"');
    await shell.said("stdout", "\x1b[?2004h");
    shell.child.stdin.write("exit\n");
    await shell.ended;
  });
});
