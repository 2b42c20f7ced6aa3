// @ts-check
// The parts of the root's README that are drawn from the workspace itself, each between
// `<!-- NAME:begin -->` and `<!-- NAME:end -->`: the tables of packages and apps, the picture.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readFloors } from "./floors.mjs";
import { root } from "./root.mjs";
import { members } from "./workspace.mjs";

const readmeFile = join(root, "README.md");

/** A table as the formatter leaves it: every column as wide as its widest cell. @param {string[][]} rows head first */
function table(rows) {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...rows.slice(1)].map(line).join("\n");
}

/** @param {import("./workspace.mjs").Member} member */
function row({ name, group, manifest }) {
  return [`[\`${manifest["name"]}\`](${group}/${name})`, manifest["description"]];
}

function packagesTable() {
  const packages = members("packages");
  const rows = Object.entries(readFloors()).flatMap(([floor, names]) =>
    names.flatMap((name) =>
      packages.filter((each) => each.name === name).map((each) => [...row(each), floor]),
    ),
  );
  return table([["package", "what it is for", "floor"], ...rows]);
}

function appsTable() {
  return table([["app", "what it does"], ...members("apps").map(row)]);
}

/** The dependency picture: floors as boxes, an arrow from each member to what it imports directly. */
function picture() {
  const packages = members("packages");
  const apps = members("apps");
  const id = (/** @type {string} */ name) => name.replaceAll("-", "_");
  const box = (/** @type {string} */ title, /** @type {readonly string[]} */ names) => [
    `  subgraph ${title}`,
    ...names.map((name) => `    ${id(name)}["${name}"]`),
    "  end",
  ];
  const arrows = [...packages, ...apps].flatMap(({ name, manifest }) =>
    Object.keys(manifest["dependencies"] ?? {})
      .filter((dependency) => dependency.startsWith("@netloom/"))
      .map((dependency) => `  ${id(name)} --> ${id(dependency.slice("@netloom/".length))}`),
  );
  return [
    "```mermaid",
    "flowchart TD",
    ...box(
      "apps",
      apps.map((app) => app.name),
    ),
    ...Object.entries(readFloors())
      .toReversed()
      .flatMap(([floor, names]) => (names.length > 0 ? box(floor, names) : [])),
    ...arrows,
    "```",
  ].join("\n");
}

/** The README with its drawn parts as the workspace is now. @param {string} readme */
function drawRootReadme(readme) {
  const parts = { packages: packagesTable(), apps: appsTable(), picture: picture() };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const place = new RegExp(`(<!-- ${name}:begin -->\\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
    if (!place.test(text))
      throw new Error(`README.md lacks <!-- ${name}:begin --> … <!-- ${name}:end -->`);
    return text.replace(place, (_, begin, end) => `${begin}\n${part}\n\n${end}`);
  }, readme);
}

/** Writes the drawn parts into the README. */
export function writeRootReadme() {
  writeFileSync(readmeFile, drawRootReadme(readFileSync(readmeFile, "utf8")));
}

/** Whether the README's drawn parts are those of the workspace as it is. */
export function rootReadmeIsCurrent() {
  const readme = readFileSync(readmeFile, "utf8");
  return drawRootReadme(readme) === readme;
}
