// @ts-check
// `pnpm test:node 20 22 24 26`: the suites of all packages and apps on what was built, and the
// tarballs by `import` and `require`, on each Node. Ends with `N passed, N failed`.
import { readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { nodeBinary } from "../src/node-binaries.mjs";
import { setUpOnce } from "../src/setup.mjs";
import { main, run, seconds, step } from "../src/step.mjs";
import { build } from "../src/turbo.mjs";
import { members } from "../src/workspace.mjs";

const defaultVersions = ["20", "22", "24", "26"];

/** One suite of one member on one Node. @param {string} node @param {import("../src/workspace.mjs").Member} member @param {"unit" | "e2e"} kind */
async function suite(node, { folder }, kind) {
  const report = join(folder, ".report", `${kind}.json`);
  rmSync(report, { force: true });
  const vitest = join(folder, "node_modules", "vitest", "vitest.mjs");
  const mode = kind === "e2e" ? ["--mode", "e2e"] : [];
  const { status, output } = await run(node, [vitest, "run", ...mode], {
    cwd: folder,
    env: {
      ...process.env,
      NETLOOM_BUILT: "1",
      PATH: dirname(node) + delimiter + process.env["PATH"],
    },
  });
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    const failed = status === 0 ? 0 : Math.max(1, numFailedTests);
    return { passed: numPassedTests, failed, skipped: numPendingTests, output };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, output };
  }
}

await main(async () => {
  const versions = process.argv.length > 2 ? process.argv.slice(2) : defaultVersions;
  const wrong = versions.find((version) => !/^\d+(\.\d+){0,2}$/.test(version));
  if (wrong !== undefined) {
    process.stderr.write(`"${wrong}" is no Node version; expected numbers such as 20 22 24 26.\n`);
    return 2;
  }
  await setUpOnce();
  await step("Building packages and apps", () => build(["./packages/*", "./apps/*"]));
  /** @type {string[]} */
  const nodes = [];
  for (const version of versions) {
    nodes.push(await step(`Getting Node ${version}`, () => nodeBinary(version)));
  }
  const sums = { passed: 0, failed: 0, skipped: 0 };
  for (const node of nodes) {
    const version = (await run(node, ["--version"])).output.trim();
    const started = performance.now();
    const here = { passed: 0, failed: 0, skipped: 0 };
    for (const member of [...members("packages"), ...members("apps")]) {
      for (const kind of /** @type {const} */ (["unit", "e2e"])) {
        if (!member.manifest["scripts"]?.[kind === "unit" ? "test" : "test:e2e"]) continue;
        const result = await suite(node, member, kind);
        if (result.failed > 0)
          process.stdout.write(`${result.output}\n✗ ${member.name} ${kind} on ${version}\n`);
        here.passed += result.passed;
        here.failed += result.failed;
        here.skipped += result.skipped;
      }
    }
    const took = seconds(performance.now() - started);
    process.stdout.write(
      `${here.failed === 0 ? "✓" : "✗"} Node ${version}: ${here.passed} passed, ${here.failed} failed, ${here.skipped} skipped; ${took}\n`,
    );
    sums.passed += here.passed;
    sums.failed += here.failed;
    sums.skipped += here.skipped;
  }
  const { checkTarballs } = await import("../src/tarballs.mjs");
  const tarballs = await checkTarballs(nodes);
  process.stdout.write(
    `${tarballs.output === "" ? "" : `${tarballs.output}\n`}${tarballs.ok ? "✓" : "✗"} tarballs by import and require on each\n`,
  );
  const passed = sums.passed + tarballs.passed;
  const failed = sums.failed + tarballs.failed;
  process.stdout.write(
    `\n${passed} passed, ${failed} failed${sums.skipped > 0 ? `, ${sums.skipped} skipped` : ""}\n`,
  );
  return failed === 0 ? 0 : 1;
});
