// @ts-check
import { clearReports, coverage } from "./reports.mjs";
import { seconds } from "./step.mjs";

/**
 * Runs gates in order and prints a row for each. When a quick one fails, those that are not quick
 * are left out, and said to be.
 *
 * @param {readonly import("./gates.mjs").Gate[]} gates
 * @returns {Promise<import("./reports.mjs").Counts>} a gate without tests of its own counts as one
 */
export async function runGates(gates) {
  const sums = { passed: 0, failed: 0, skipped: 0 };
  const write = (/** @type {string} */ text) => void process.stdout.write(text);
  clearReports();
  let quickFailed = false;
  for (const gate of gates) {
    if (quickFailed && !gate.quick) {
      write(`- ${gate.name.padEnd(11)} not run: mend what failed above first\n`);
      continue;
    }
    const started = performance.now();
    const outcome = await gate.run();
    const { passed = outcome.ok ? 1 : 0, failed = outcome.ok ? 0 : 1, skipped = 0 } = outcome;
    sums.passed += passed;
    sums.failed += failed;
    sums.skipped += skipped;
    quickFailed ||= gate.quick && !outcome.ok;
    if (!outcome.ok) write(`${outcome.output.trimEnd()}\n`);
    const counts =
      passed + failed + skipped > 1
        ? ` ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""};`
        : "";
    const took = seconds(performance.now() - started);
    write(`${outcome.ok ? "✓" : "✗"} ${gate.name.padEnd(11)} ${gate.does};${counts} ${took}\n`);
    if (gate.name === "tests" && outcome.ok) {
      const rows = coverage().map(([name, share]) => `${name} ${share.toFixed(0)} %`);
      write(`  lines covered by unit tests: ${rows.join(", ")}\n`);
    }
  }
  return sums;
}
