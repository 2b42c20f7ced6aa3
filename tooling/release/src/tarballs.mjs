// @ts-check
// Packs every published package, installs the tarballs into an empty project as a user would, and
// uses them there: by `import`, by `require`, and through the compiler.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

/**
 * @typedef {{ folder: string, manifest: Record<string, any> }} Published
 * @typedef {{ folder: string, entries: string[], remove(): void }} Project
 */

/** @param {string} file @param {readonly string[]} args @param {string} cwd */
function must(file, args, cwd) {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${file} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  }
}

/** The import names that a manifest offers. @param {Record<string, any>} manifest */
function entriesOf(manifest) {
  return Object.keys(manifest["exports"] ?? {}).map((key) => manifest["name"] + key.slice(1));
}

/**
 * An empty project with all tarballs installed.
 *
 * @param {readonly Published[]} published
 * @param {string} typescript the `typescript` to compile with: a version
 * @returns {Project}
 */
export function installTarballs(published, typescript) {
  const folder = mkdtempSync(join(tmpdir(), "netloom-tarballs-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  /** @type {Record<string, string>} */
  const files = {};
  for (const { folder: source, manifest } of published) {
    const before = new Set(readdirSync(tarballs));
    must("pnpm", ["pack", "--pack-destination", tarballs], source);
    const file = readdirSync(tarballs).find((name) => !before.has(name));
    files[manifest["name"]] = `file:./tarballs/${file}`;
  }
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      name: "empty-project",
      private: true,
      type: "module",
      dependencies: files,
      devDependencies: { typescript, "@types/node": "^20.19.43" },
    }),
  );
  // What the tarballs name of each other is not on a registry yet: it must be the tarballs too.
  writeFileSync(
    join(folder, "pnpm-workspace.yaml"),
    `packages: []\nallowBuilds:\n  msgpackr-extract: false\noverrides:\n${Object.entries(files)
      .map(([name, file]) => `  "${name}": "${file}"\n`)
      .join("")}`,
  );
  must("pnpm", ["install", "--prefer-offline", "--no-frozen-lockfile"], folder);
  const entries = published.flatMap(({ manifest }) => entriesOf(manifest));
  return { folder, entries, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Imports and requires every entry on a Node binary; gives what failed.
 *
 * @param {Project} project
 * @param {string} node
 * @returns {string[]}
 */
export function useOnNode({ folder, entries }, node) {
  /** @type {string[]} */
  const failures = [];
  const ways = {
    import: (/** @type {string} */ name) =>
      `import * as all from ${JSON.stringify(name)}; if (typeof all !== "object") process.exit(1);`,
    require: (/** @type {string} */ name) =>
      `const all = require(${JSON.stringify(name)}); if (typeof all !== "object") process.exit(1);`,
  };
  for (const entry of entries) {
    for (const [way, code] of Object.entries(ways)) {
      const file = join(folder, way === "import" ? "use.mjs" : "use.cjs");
      writeFileSync(file, code(entry));
      const { status, stderr } = spawnSync(node, [file], { cwd: folder, encoding: "utf8" });
      if (status !== 0) failures.push(`${way} of ${entry} ended with ${status}:\n${stderr}`);
    }
  }
  return failures;
}

/**
 * Type-checks a program that imports every entry; gives what failed.
 *
 * @param {Project} project
 * @param {"nodenext" | "bundler"} moduleResolution
 * @returns {string[]}
 */
export function typeCheck({ folder, entries }, moduleResolution) {
  const names = entries.map(
    (entry, index) => `import * as e${index} from ${JSON.stringify(entry)};`,
  );
  const uses = entries.map((_, index) => `console.log(Object.keys(e${index}).length);`);
  writeFileSync(join(folder, "use.ts"), [...names, ...uses, ""].join("\n"));
  const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
  const { status, stdout } = spawnSync(
    join(folder, "node_modules", ".bin", "tsc"),
    [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "false",
      "--target",
      "es2023",
      "--lib",
      "es2023,esnext.disposable",
      "--types",
      "node",
      "--module",
      module,
      "--moduleResolution",
      moduleResolution,
      "use.ts",
    ],
    { cwd: folder, encoding: "utf8" },
  );
  return status === 0 ? [] : [`types under ${moduleResolution}:\n${stdout}`];
}
