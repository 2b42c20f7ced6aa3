// @ts-check
// turbo with the Node version in its hash: `node tooling/workspace/bin/turbo.mjs run build`.
import { setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";
import { turbo } from "../src/turbo.mjs";

await main(async () => {
  await setUpOnce();
  return (await turbo(process.argv.slice(2), { show: true })).status;
});
