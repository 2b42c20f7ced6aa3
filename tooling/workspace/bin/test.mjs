// @ts-check
// `npm test`: from a fresh clone to every check of the workspace, then the tests of the workspace
// itself. Ends with `N passed, N failed` over everything that ran.
import { setUp } from "../src/setup.mjs";
import { main } from "../src/step.mjs";

await main(async () => {
  await setUp();
  const { runGates } = await import("../src/check.mjs");
  const { gates } = await import("../src/gates.mjs");
  const { workspaceTests } = await import("../src/workspace-tests.mjs");
  const sums = await runGates([...gates, workspaceTests]);
  const skipped = sums.skipped > 0 ? `, ${sums.skipped} skipped` : "";
  process.stdout.write(`\n${sums.passed} passed, ${sums.failed} failed${skipped}\n`);
  return sums.failed === 0 ? 0 : 1;
});
