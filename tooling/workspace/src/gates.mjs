// @ts-check
// The gates of `pnpm check`, cheap ones first. The first group looks at files alone; when one of
// them fails, nothing further runs: what they refuse makes later results untrustworthy.
import { join } from "node:path";

import { checkFloors } from "./floors.mjs";
import { sumReports } from "./reports.mjs";
import { checkMemberShape } from "./member-shape.mjs";
import { rootReadmeIsCurrent } from "./root-readme.mjs";
import { root } from "./root.mjs";
import { run } from "./step.mjs";
import { checkTarballs } from "./tarballs.mjs";
import { turbo } from "./turbo.mjs";

/**
 * @typedef {{ ok: boolean, output: string, passed?: number, failed?: number, skipped?: number }} Outcome
 * @typedef {{ name: string, does: string, quick: boolean, run(): Promise<Outcome> }} Gate
 */

/** @param {string} bin of the root's dependencies @param {readonly string[]} args @returns {Promise<Outcome>} */
async function tool(bin, args) {
  const { status, output } = await run(join(root, "node_modules", ".bin", bin), args);
  return { ok: status === 0, output };
}

/** A turbo task over all members. @param {string} task @returns {Promise<Outcome>} */
async function task(task) {
  const { status, output } = await turbo(["run", task, "--output-logs=errors-only", "--continue"]);
  return { ok: status === 0, output };
}

/** A turbo task whose tests are counted. @param {string} name @param {"unit" | "e2e"} kind @returns {Promise<Outcome>} */
async function tests(name, kind) {
  const outcome = await task(name);
  const sums = sumReports(kind);
  // A run that broke before it could report is one failure, not none.
  if (!outcome.ok && sums.failed === 0) sums.failed = 1;
  return { ...outcome, ok: outcome.ok && sums.failed === 0, ...sums };
}

/** The members' READMEs, then the root's: its examples run apps, which must not be built meanwhile. */
async function readmes() {
  const drawn = rootReadmeIsCurrent();
  const ofMembers = await task("readme");
  const checker = join(root, "tooling", "readme", "src", "main.mjs");
  const ofRoot = await run(process.execPath, [checker, "../README.md"], {
    cwd: join(root, "docs"),
  });
  const sums = sumReports("readme");
  if (!drawn || (!ofMembers.ok && sums.failed === 0)) sums.failed += 1;
  const hint = drawn
    ? []
    : ["README.md: its tables or its picture are not those of the workspace: pnpm readme --write"];
  const output = [...hint, ofMembers.output, ofRoot.output].join("\n");
  return { ok: drawn && ofMembers.ok && ofRoot.status === 0, output, ...sums };
}

/** @type {readonly Gate[]} */
export const gates = [
  {
    name: "format",
    does: "oxfmt finds nothing to change",
    quick: true,
    run: () => tool("oxfmt", ["--check", "."]),
  },
  {
    name: "boundaries",
    does: "imports follow the floors and are declared",
    quick: true,
    async run() {
      const problems = checkFloors();
      const { status, output } = await turbo(["boundaries"]);
      return {
        ok: status === 0 && problems.length === 0,
        output: [...problems, output].join("\n"),
      };
    },
  },
  {
    name: "workspace",
    does: "every member has what it needs; sherif finds the manifests in order",
    quick: true,
    async run() {
      const problems = checkMemberShape();
      const { ok, output } = await tool("sherif", []);
      return { ok: ok && problems.length === 0, output: [...problems, output].join("\n") };
    },
  },
  {
    name: "unused",
    does: "knip finds no unused file, export or dependency",
    quick: true,
    run: () => tool("knip", []),
  },
  {
    name: "lint",
    does: "oxlint, with types",
    quick: true,
    run: () => tool("oxlint", ["--type-aware", "--deny-warnings"]),
  },
  {
    name: "types",
    does: "tsc over sources, tests, examples",
    quick: false,
    run: () => task("typecheck"),
  },
  {
    name: "tests",
    does: "unit tests on the sources",
    quick: false,
    run: () => tests("test", "unit"),
  },
  { name: "build", does: "dist of every package and app", quick: false, run: () => task("build") },
  {
    name: "e2e",
    does: "tests of what was built",
    quick: false,
    run: () => tests("test:e2e", "e2e"),
  },
  {
    name: "readme",
    does: "READMEs show files that run and what they print",
    quick: false,
    run: readmes,
  },
  { name: "packages", does: "publint and attw", quick: false, run: () => task("package:check") },
  {
    name: "tarballs",
    does: "packed, installed in an empty project, imported, required, type-checked",
    quick: false,
    run: () => checkTarballs([process.execPath]),
  },
];
