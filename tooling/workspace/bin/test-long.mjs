// @ts-check
// `pnpm test:long`: the same tests with their large counts (NETLOOM_LONG=1): soaks, millions of
// random inputs. Not part of `npm test`.
import { setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";
import { turbo } from "../src/turbo.mjs";

await main(async () => {
  await setUpOnce();
  const filters = process.argv.slice(2).map((name) => `--filter=@netloom/${name}`);
  const args = ["run", "test", "test:e2e", "--output-logs=new-only", ...filters];
  return (await turbo(args, { show: true, env: { NETLOOM_LONG: "1" } })).status;
});
