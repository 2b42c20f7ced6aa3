import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "netloom-__name__-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(import.meta.dirname, "..", "dist", "main.js");
  return spawnSync(process.execPath, [main, ...args, "--lang", "en"], { encoding: "utf8" });
}

it("counts a real file", () => {
  const file = join(folder, "two lines.txt");
  writeFileSync(file, "one\ntwo\n");
  const { status, stdout } = run("count", file, "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ file, lines: 2, bytes: 8 });
});

it("says in one line what is wrong with the arguments, with status 2", () => {
  const { status, stdout, stderr } = run("count");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

it("says in one line that a file is missing, with status 1", () => {
  const { status, stderr } = run("count", join(folder, "missing"));
  expect(status).toBe(1);
  expect(stderr).toContain("missing");
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
