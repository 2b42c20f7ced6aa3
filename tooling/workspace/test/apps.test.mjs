// @ts-check
// What every app owes its users, whatever it does.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { build } from "../src/turbo.mjs";
import { mainFile, members } from "../src/workspace.mjs";

beforeAll(() => build(["./apps/*"]));

for (const app of members("apps")) {
  describe(app.name, () => {
    const run = (/** @type {readonly string[]} */ args, env = {}) =>
      spawnSync(process.execPath, [mainFile(app), ...args], {
        encoding: "utf8",
        env: { ...process.env, NETLOOM_LANG: "en", ...env },
        timeout: 30_000,
      });

    it("shows help with examples, in both languages", () => {
      const english = run(["--help"]);
      expect(english.status).toBe(0);
      expect(english.stdout).toContain(`netloom-${app.name}`);
      const chinese = run(["--help"], { NETLOOM_LANG: "zh" });
      expect(chinese.stdout).toMatch(/\p{Script=Han}/u);
    });

    it.each([["--no-such-option"], ["no-such-command"]])(
      "says in one line that %s is wrong, with status 2",
      (argument) => {
        const { status, stdout, stderr } = run([argument]);
        expect(stderr.trimEnd().split("\n")).toHaveLength(1);
        expect(stderr).toContain(argument);
        expect(stderr).not.toContain("    at ");
        expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      },
    );
  });
}

describe("pnpm app", () => {
  const app = (/** @type {string[]} */ ...args) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "..", "bin", "app.mjs"), ...args], {
      encoding: "utf8",
      env: { ...process.env, NETLOOM_LANG: "en" },
    });

  it("lists the apps, a line each", () => {
    const { status, stdout } = app();
    for (const { name, manifest } of members("apps")) {
      expect(stdout).toMatch(new RegExp(`^${name} +${manifest["description"].slice(0, 20)}`, "m"));
    }
    expect(status).toBe(0);
  });

  it("names the apps that there are when one is not, with status 2", () => {
    const { status, stderr } = app("no-such-app");
    expect(stderr).toMatch(/^There is no app named "no-such-app"\. The apps are: .*echo.*\.\n$/);
    expect(status).toBe(2);
  });

  it("passes the app's status on", () => {
    expect(app("echo", "--no-such-option").status).toBe(2);
    expect(app("echo", "--version").status).toBe(0);
  });
});
