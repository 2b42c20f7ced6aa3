// @ts-check
// What `pnpm new` makes builds, runs and passes every check as it is.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { copyWorkspace, workspaceCommand } from "./copy.mjs";

/** @type {import("./copy.mjs").Copy} */
let copy;
beforeAll(async () => {
  copy = await copyWorkspace();
});
afterAll(() => copy?.remove());

it("refuses a bad name, kind or floor in words, with status 2", async () => {
  for (const [args, says] of /** @type {const} */ ([
    [["app"], "a name is missing"],
    [["app", "Bad_Name"], '"Bad_Name" is no name for it'],
    [["app", "../evil"], '"../evil" is no name for it'],
    [["app", "echo"], '"echo" exists already'],
    [["package", "codec"], '"codec" exists already'],
    [["thing", "x"], 'say "app" or "package"'],
    [["package", "x", "--floor", "attic"], 'there is no floor "attic"'],
  ])) {
    const { status, output } = await copy.run(process.execPath, workspaceCommand("new", ...args));
    expect(output).toContain(says);
    expect(status).toBe(2);
  }
});

it("makes an app and a package of each floor that pass every check untouched", async () => {
  for (const args of [
    ["app", "sample-app"],
    ["package", "sample-lib"],
    ["package", "sample-core", "--floor", "core"],
  ]) {
    const { status, output } = await copy.run(process.execPath, workspaceCommand("new", ...args));
    expect(output).toContain("Made ");
    expect(status).toBe(0);
  }
  const check = await copy.run(process.execPath, workspaceCommand("check"));
  expect(check.output).toMatch(/\n\d+ passed, 0 failed/);
  expect(check.status).toBe(0);

  const app = await copy.run(
    process.execPath,
    workspaceCommand("app", "sample-app", "count", "package.json"),
  );
  expect(app.output).toMatch(/package\.json: \d+ lines, \d+ bytes/);
  expect(app.status).toBe(0);

  const tour = await copy.run(process.execPath, workspaceCommand("tour", "sample-app"));
  expect(tour.output).toMatch(/\ndone +sample-app /);
  expect(tour.status).toBe(0);
  expect(existsSync(join(copy.folder, ".changeset", "sample-app-first.md"))).toBe(true);

  // A step that fails is told, and makes the tour end with 1.
  const step = join(copy.folder, "apps", "sample-app", "tour.mjs");
  writeFileSync(step, readFileSync(step, "utf8").replace("content.length,", "content.length + 1,"));
  const failing = await copy.run(process.execPath, workspaceCommand("tour", "sample-app"));
  expect(failing.output).toMatch(/✗ counted \d+ bytes of \d+/);
  expect(failing.output).toMatch(/\nfailed +sample-app /);
  expect(failing.status).toBe(1);
});
