// @ts-check
// The tests of the workspace itself work on copies of it. They are not among the gates of
// `pnpm check`, because they run `pnpm check` there.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";
import { run } from "./step.mjs";

const folder = join(root, "tooling", "workspace");

/** @type {import("./gates.mjs").Gate} */
export const workspaceTests = {
  name: "pipeline",
  does: "the workspace's own tests, on copies",
  quick: false,
  async run() {
    const vitest = join(folder, "node_modules", ".bin", "vitest");
    const { status, output } = await run(vitest, ["run"], { cwd: folder });
    const report = JSON.parse(readFileSync(join(folder, ".report", "unit.json"), "utf8"));
    return {
      ok: status === 0,
      output,
      passed: report.numPassedTests,
      failed: status === 0 ? 0 : Math.max(1, report.numFailedTests),
      skipped: report.numPendingTests,
    };
  },
};
