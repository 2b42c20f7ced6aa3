// @ts-check
// What every command needs before it can start: a Node that is new enough, the pinned pnpm, the
// dependencies. It runs on a machine with node and npm alone, so it imports nothing that must be
// installed.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";

import { root } from "./root.mjs";
import { run, step, StepError } from "./step.mjs";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pinned = /** @type {string} */ (manifest.packageManager).replace("pnpm@", "");
const ownFolder = join(root, ".tools", `pnpm-${pinned}`);
const ownBin = join(ownFolder, "node_modules", ".bin");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Whether the person has a pnpm of their own; hints then say `pnpm app`, else `npm run app --`. */
const hasOwnPnpm = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => folder !== ownBin && existsSync(join(folder, "pnpm")));

/** @returns {string} how a person runs a script of the root here */
export function runScript(/** @type {string} */ name) {
  return hasOwnPnpm ? `pnpm ${name}` : `npm run ${name} --`;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StepError(
    "Checking Node.js",
    `this is Node ${process.versions.node}, Netloom needs 20.19 or later: install one from your system's packages or from nodejs.org.`,
  );
}

/** Puts the pinned pnpm first on PATH, from the machine where it has it, else from the registry. */
async function getPnpm() {
  const found = await run("pnpm", ["--version"]);
  if (found.status === 0 && found.output.trim() === pinned) return;
  if (!existsSync(join(ownBin, "pnpm"))) {
    await step(`Getting pnpm ${pinned} into .tools`, async () => {
      const { status, output } = await run(npm, [
        "install",
        `--prefix=${ownFolder}`,
        "--no-save",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
        "--loglevel=error",
        `pnpm@${pinned}`,
      ]);
      // npm may refuse to run install scripts, so this one, which puts the native binary in its
      // place, is run by name.
      const placed = await run(process.execPath, ["install.js"], {
        cwd: join(ownFolder, "node_modules", "pnpm"),
      });
      if (status === 0 && placed.status === 0) return;
      rmSync(ownFolder, { recursive: true, force: true });
      throw new StepError(
        `Getting pnpm ${pinned}`,
        "the first run needs the npm registry once. Check the network and `npm config get registry`, then run this again.",
        output + placed.output,
      );
    });
  }
  process.env["PATH"] = ownBin + delimiter + process.env["PATH"];
}

async function install() {
  await step("Installing dependencies", async () => {
    const { status, output } = await run("pnpm", [
      "install",
      "--frozen-lockfile",
      "--prefer-offline",
    ]);
    if (status === 0) return;
    const cure = /OUTDATED_LOCKFILE|frozen-lockfile/.test(output)
      ? "a package.json was changed without the lockfile: run `pnpm install` and commit pnpm-lock.yaml."
      : "the first run needs the npm registry once; later runs work without a network. Check it, then run this again.";
    throw new StepError("Installing dependencies", cure, output);
  });
}

/** Makes the workspace ready: checks Node, gets pnpm, installs. Later runs take about a second. */
export async function setUp() {
  checkNode();
  await getPnpm();
  await install();
}

/** Makes ready what a command inside an installed workspace needs; installs only on a fresh clone. */
export async function setUpOnce() {
  checkNode();
  await getPnpm();
  if (!existsSync(join(root, "node_modules", ".modules.yaml"))) await install();
}
