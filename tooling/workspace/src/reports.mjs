// @ts-check
// Every test run leaves a report in its package's `.report` folder, which turbo keeps with its
// cache: the sums are over all that ran, now or at the time of the cached run.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";
import { members } from "./workspace.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const groups = /** @type {const} */ (["packages", "apps", "tooling"]);

const reportFolders = () => [
  ...groups.flatMap((group) => members(group).map((member) => join(member.folder, ".report"))),
  join(root, "docs", ".report"),
];

/** Forgets all reports, so that none of an earlier state is counted. */
export function clearReports() {
  for (const folder of reportFolders()) rmSync(folder, { recursive: true, force: true });
}

/** @param {string} file @returns {any} */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** The sums over the reports of one kind. @param {"unit" | "e2e" | "readme"} kind @returns {Counts} */
export function sumReports(kind) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const folder of reportFolders()) {
    const report = read(join(folder, `${kind}.json`));
    if (report === undefined) continue;
    sum.passed += report.passed ?? report.numPassedTests;
    sum.failed += report.failed ?? report.numFailedTests;
    sum.skipped += report.numPendingTests ?? 0;
  }
  return sum;
}

/** Line coverage of the unit tests, by package: a name and a share of 100. @returns {[string, number][]} */
export function coverage() {
  return groups.flatMap((group) =>
    members(group).flatMap(({ name, folder }) => {
      const summary = read(join(folder, ".report", "coverage", "coverage-summary.json"));
      return summary === undefined
        ? []
        : [/** @type {[string, number]} */ ([name, summary.total.lines.pct])];
    }),
  );
}
