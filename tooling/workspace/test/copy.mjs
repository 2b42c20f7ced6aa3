// @ts-check
// A copy of the workspace as git would commit it now, installed, with this workspace's build cache:
// what did not change is not built or tested again.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { root } from "../src/root.mjs";

/**
 * @typedef {object} Copy
 * @property {string} folder
 * @property {(command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<{ status: number | null, output: string }>} run
 * @property {() => void} remove
 */

/**
 * @param {{ install?: boolean }} [options] install: whether dependencies are linked; true by default
 * @returns {Promise<Copy>}
 */
export async function copyWorkspace({ install = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "netloom-copy-"));
  const listed = spawnSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  for (const file of listed.stdout.split("\0")) {
    // A file deleted and not yet committed is listed and not there.
    if (file === "" || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  // turbo and the format check ask git what belongs to the workspace.
  spawnSync("git", ["init", "-q"], { cwd: folder });
  spawnSync("git", ["add", "-A"], { cwd: folder });

  /** @type {Copy["run"]} */
  const run = (command, args, env = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: folder,
        env: { ...process.env, TURBO_CACHE_DIR: join(root, ".turbo", "cache"), CI: "true", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
      child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, output }));
    });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (install) {
    const { status, output } = await run("pnpm", [
      "install",
      "--frozen-lockfile",
      "--prefer-offline",
    ]);
    if (status !== 0) {
      remove();
      throw new Error(`pnpm install in the copy ended with ${status}:\n${output}`);
    }
  }
  return { folder, run, remove };
}

/** The arguments of `node` for a command of the workspace. @param {string} command @param {readonly string[]} args */
export function workspaceCommand(command, ...args) {
  return [join("tooling", "workspace", "bin", `${command}.mjs`), ...args];
}
