// @ts-check
// `pnpm test:workspace`: the tests of the workspace itself.
import { runGates } from "../src/check.mjs";
import { setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";

await main(async () => {
  await setUpOnce();
  const { workspaceTests } = await import("../src/workspace-tests.mjs");
  const { passed, failed } = await runGates([workspaceTests]);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
