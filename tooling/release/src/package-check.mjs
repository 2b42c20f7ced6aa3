#!/usr/bin/env node
// @ts-check
// netloom-package-check: the manifest and the types of the built package in the current folder, as
// publint and attw see them. One after the other: both pack in place.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const bin = join(import.meta.dirname, "..", "node_modules", ".bin");

for (const [command, args] of /** @type {const} */ ([
  ["publint", ["--strict", "--pack", "pnpm"]],
  ["attw", ["--pack", ".", "--profile", "esm-only"]],
])) {
  const { status } = spawnSync(join(bin, command), args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
