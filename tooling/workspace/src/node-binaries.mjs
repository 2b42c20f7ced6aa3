// @ts-check
// Node binaries of other versions, from the package registry: `node-<platform>-<arch>@<major>`.
import { existsSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";
import { run, StepError } from "./step.mjs";

/**
 * The path of a Node binary of a major version, downloaded on first use into `.tools`.
 *
 * @param {string} major such as "24"
 * @returns {Promise<string>}
 */
export async function nodeBinary(major) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(root, ".tools", `node-${major}`);
  const binary = join(folder, "node_modules", name, "bin", "node");
  if (!existsSync(binary)) {
    const { status, output } = await run("npm", [
      "install",
      `--prefix=${folder}`,
      "--no-save",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `${name}@${major}`,
    ]);
    if (status !== 0 || !existsSync(binary)) {
      throw new StepError(
        `Getting Node ${major}`,
        `it comes as ${name}@${major} from the npm registry, which must be reachable once.`,
        output,
      );
    }
  }
  return binary;
}
