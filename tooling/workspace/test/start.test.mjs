// @ts-check
// The two commands on a machine that has node and npm alone.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { members } from "../src/workspace.mjs";
import { copyWorkspace } from "./copy.mjs";

/** @type {import("./copy.mjs").Copy} */
let copy;
/** PATH with node, npm and what the system has, without pnpm. */
let path = "";
let bin = "";

/** Where a command stands on this machine's PATH. @param {string} command */
function which(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" }).stdout.trim();
}

beforeAll(async () => {
  copy = await copyWorkspace({ install: false });
  bin = mkdtempSync(join(tmpdir(), "netloom-bin-"));
  symlinkSync(process.execPath, join(bin, "node"));
  for (const command of ["npm", "npx", "git", "sh", "bash", "env", "python3"]) {
    const file = which(command);
    if (file !== "") symlinkSync(file, join(bin, command));
  }
  path = [bin, "/usr/bin", "/bin"].join(delimiter);
});
afterAll(() => {
  copy?.remove();
  rmSync(bin, { recursive: true, force: true });
});

/** The last lines, one for each app. @param {string} output */
function doneLines(output) {
  const apps = members("apps").map((app) => app.name);
  const lines = output.trimEnd().split("\n").slice(-apps.length);
  expect(lines.map((line) => line.split(/\s+/).slice(0, 2))).toEqual(
    apps.map((name) => ["done", name]),
  );
}

it("runs the tour from a fresh clone without pnpm on PATH", async () => {
  const found = spawnSync("pnpm", ["--version"], { env: { PATH: path } });
  expect(found.error?.message).toMatch(/ENOENT/);
  const { status, output } = await copy.run("npm", ["start"], { PATH: path });
  doneLines(output);
  expect(status).toBe(0);
});

it("starts its real work within 10 s the second time", async () => {
  const started = performance.now();
  const { status, output } = await copy.run("npm", ["start", "--", "--list"], { PATH: path });
  expect(output).toContain(members("apps")[0]?.name);
  expect(status).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
});

// A network namespace without any network but loopback, as a plain user or as root.
const isolate = ["--map-root-user", "--net"];
const canIsolate = spawnSync("unshare", [...isolate, "true"]).status === 0;

it.skipIf(!canIsolate)(
  "works without a network once the store is warm (needs unshare)",
  async () => {
    const script = "ip link set lo up && npm start";
    const { status, output } = await copy.run("unshare", [...isolate, "sh", "-c", script], {
      PATH: `${path}${delimiter}/usr/sbin${delimiter}/sbin`,
    });
    doneLines(output);
    expect(status).toBe(0);
  },
);

it("names the step and the cure when one fails", async () => {
  const broken = await copyWorkspace({ install: false });
  try {
    const bin = join(broken.folder, "broken-bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    writeFileSync(join(bin, "npm"), "#!/bin/sh\necho 'network unreachable' >&2\nexit 1\n");
    chmodSync(join(bin, "npm"), 0o755);
    const start = join("tooling", "workspace", "bin", "start.mjs");
    const { status, output } = await broken.run(process.execPath, [start], {
      PATH: [bin, dirname(which("sh"))].join(delimiter),
    });
    expect(output).toContain("✗ Getting pnpm");
    expect(output).toContain("What to do: ");
    expect(output).toContain("network unreachable");
    expect(output).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  } finally {
    broken.remove();
  }
});
