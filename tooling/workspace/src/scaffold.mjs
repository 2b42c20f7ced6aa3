// @ts-check
// `pnpm new`: copies a template, puts the name in place of `__name__`, and adds the new member to
// the lists that name every member.
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { floorsFile, readFloors } from "./floors.mjs";
import { root } from "./root.mjs";
import { members } from "./workspace.mjs";

/** @typedef {"app" | "package"} Kind */

/** `two-words` to `twoWords`, for names in code. @param {string} name */
function camelCase(name) {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** Every file below a folder. @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/**
 * Why a name cannot be used, or undefined.
 *
 * @param {string | undefined} name
 * @returns {string | undefined}
 */
export function nameProblem(name) {
  if (name === undefined) return "a name is missing";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    return `"${name}" is no name for it: at most 40 lower-case letters, digits and single hyphens, a letter first`;
  }
  const taken = ["packages", "apps", "tooling"].find((group) =>
    existsSync(join(root, group, name)),
  );
  const sameName = [...members("packages"), ...members("apps"), ...members("tooling")].some(
    (member) => member.manifest["name"] === `@netloom/${name}`,
  );
  if (taken !== undefined || sameName) return `"${name}" exists already`;
  return undefined;
}

/**
 * Makes the files of a new member.
 *
 * @param {Kind} kind
 * @param {string} name
 * @param {string} floor of a package
 * @returns {string} the new folder
 */
export function scaffold(kind, name, floor) {
  const folder = join(root, kind === "app" ? "apps" : "packages", name);
  cpSync(join(root, "templates", kind), folder, { recursive: true });
  try {
    for (const file of filesBelow(folder)) {
      const text = readFileSync(file, "utf8")
        .replaceAll("__name__", name)
        .replaceAll("__camelName__", camelCase(name))
        .replaceAll("__floor__", floor)
        .replaceAll("__buildConfig__", floor === "core" ? "core" : "build");
      writeFileSync(file, text);
      if (file.includes("__name__")) renameSync(file, file.replaceAll("__name__", name));
    }
    renameSync(join(folder, "changeset.md"), join(root, ".changeset", `${name}-first.md`));
    if (kind === "package") {
      const floors = readFloors();
      floors[floor]?.push(name);
      writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
