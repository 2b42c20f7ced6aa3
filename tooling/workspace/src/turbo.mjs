// @ts-check
// turbo, started so that the Node version is part of every test's hash: a green of one Node must
// not be replayed on another.
import { join } from "node:path";

import { root } from "./root.mjs";
import { run, StepError } from "./step.mjs";

const turboBin = join(root, "node_modules", ".bin", "turbo");

/** @returns {NodeJS.ProcessEnv} */
function turboEnv() {
  return {
    ...process.env,
    NODE_RUNTIME: process.version,
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
  };
}

/**
 * @param {readonly string[]} args
 * @param {{ show?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
export function turbo(args, { show = false, env = {} } = {}) {
  return run(turboBin, args, { env: { ...turboEnv(), ...env }, show });
}

/** Builds packages (all, or those of the filters with what they need). Quiet unless it fails. */
export async function build(/** @type {readonly string[]} */ filters = []) {
  const args = ["run", "build", "--output-logs=errors-only"];
  const { status, output } = await turbo([...args, ...filters.map((name) => `--filter=${name}`)]);
  if (status !== 0) {
    throw new StepError("Building", "mend the errors above, then run this again.", output);
  }
}
