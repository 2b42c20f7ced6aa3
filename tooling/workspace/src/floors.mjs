// @ts-check
// The floors of the house, bottom first: a package may import from a lower floor, and on its own
// floor only what stands before it in the list. turbo's tags hold the floors; this holds the order
// within one, and that the list, the tags and the folders agree.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";
import { members } from "./workspace.mjs";

export const floorsFile = join(root, "tooling", "workspace", "floors.json");

/** @returns {Record<string, string[]>} floor name to its packages, both in order */
export function readFloors() {
  return JSON.parse(readFileSync(floorsFile, "utf8"));
}

/** The internal packages that a manifest names, development dependencies included. @param {Record<string, any>} manifest */
function internalDependencies(manifest) {
  const all = {
    ...manifest["dependencies"],
    ...manifest["devDependencies"],
    ...manifest["peerDependencies"],
  };
  return Object.keys(all)
    .filter((name) => name.startsWith("@netloom/"))
    .map((name) => name.slice("@netloom/".length));
}

/** @returns {string[]} what is wrong, a line each */
export function checkFloors() {
  /** @type {string[]} */
  const problems = [];
  const order = Object.values(readFloors()).flat();
  const packages = members("packages");
  const known = new Set(packages.map((each) => each.name));
  for (const name of order) {
    if (!known.has(name))
      problems.push(`floors.json names "${name}", packages/ has no such folder`);
  }
  for (const { name, folder, manifest } of packages) {
    const at = order.indexOf(name);
    const floor = Object.entries(readFloors()).find(([, names]) => names.includes(name))?.[0];
    if (floor === undefined) {
      problems.push(`packages/${name} stands on no floor: add it to tooling/workspace/floors.json`);
      continue;
    }
    const { tags } = JSON.parse(readFileSync(join(folder, "turbo.json"), "utf8"));
    if (tags?.[0] !== floor) {
      problems.push(
        `packages/${name}/turbo.json has the tag "${tags?.[0]}", floors.json says "${floor}"`,
      );
    }
    for (const dependency of internalDependencies(manifest)) {
      if (known.has(dependency) && order.indexOf(dependency) > at) {
        problems.push(
          `packages/${name} depends on ${dependency}, which does not stand before it in floors.json`,
        );
      }
    }
  }
  const apps = new Set(members("apps").map((app) => app.name));
  for (const { name, group, manifest } of [...packages, ...members("apps")]) {
    for (const dependency of internalDependencies(manifest)) {
      if (apps.has(dependency)) problems.push(`${group}/${name} depends on the app ${dependency}`);
    }
  }
  return problems;
}
