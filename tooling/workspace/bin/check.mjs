// @ts-check
// `pnpm check [gate …]`: every gate, or those named. Ends with `N passed, N failed`.
import { runGates } from "../src/check.mjs";
import { setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";

await main(async () => {
  await setUpOnce();
  const { gates } = await import("../src/gates.mjs");
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !gates.some((gate) => gate.name === name));
  if (unknown !== undefined || names.includes("--help")) {
    for (const gate of gates) process.stdout.write(`${gate.name.padEnd(11)} ${gate.does}\n`);
    return names.includes("--help") ? 0 : 2;
  }
  const sums = await runGates(
    names.length === 0 ? gates : gates.filter((g) => names.includes(g.name)),
  );
  process.stdout.write(`${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped\n`);
  return sums.failed === 0 ? 0 : 1;
});
