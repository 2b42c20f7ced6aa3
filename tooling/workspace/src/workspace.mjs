// @ts-check
// What the workspace consists of, read from its own files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";

/**
 * @typedef {object} Member
 * @property {string} name    the folder's name, such as `codec`
 * @property {"packages" | "apps" | "tooling"} group
 * @property {string} folder  absolute
 * @property {Record<string, any>} manifest  its package.json
 */

/**
 * The members of a group, in the order of their names.
 *
 * @param {"packages" | "apps" | "tooling"} group
 * @returns {Member[]}
 */
export function members(group) {
  return readdirSync(join(root, group))
    .toSorted()
    .filter((name) => existsSync(join(root, group, name, "package.json")))
    .map((name) => {
      const folder = join(root, group, name);
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return { name, group, folder, manifest };
    });
}

/** The file that starts an app. @param {Member} app */
export function mainFile(app) {
  const [file] = Object.values(app.manifest["bin"] ?? {});
  if (typeof file !== "string") throw new Error(`${app.folder}/package.json names no bin`);
  return join(app.folder, file);
}
