#!/usr/bin/env node
// @ts-check
// Builds the package in the current folder into a new folder that then takes the place of dist: a
// file whose source was deleted does not live on, and who runs the old one meanwhile is not disturbed
// for longer than two renames. Then the executable bit on what package.json names under `bin`.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const fresh = ".dist-fresh";
const old = ".dist-old";
const remove = (/** @type {string} */ folder) => rmSync(folder, { recursive: true, force: true });

remove(fresh);
// tsc stands on PATH: package scripts have their package's node_modules/.bin there.
const { status, error } = spawnSync("tsc", ["-p", "tsconfig.build.json", "--outDir", fresh], {
  stdio: "inherit",
});
if (error !== undefined) throw error;
if (status !== 0) {
  remove(fresh);
  process.exit(status ?? 1);
}
const { bin = {} } = JSON.parse(readFileSync("package.json", "utf8"));
for (const file of Object.values(bin))
  chmodSync(join(fresh, file.replace(/^(\.\/)?dist\//, "")), 0o755);

remove(old);
try {
  renameSync("dist", old);
} catch (error) {
  // There is none yet.
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
}
renameSync(fresh, "dist");
remove(old);
