// @ts-check
// `npm start`: from a fresh clone to every app at work on this machine.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "../src/root.mjs";
import { setUp } from "../src/setup.mjs";
import { main, step } from "../src/step.mjs";
import { build } from "../src/turbo.mjs";

await main(async () => {
  await setUp();
  await step("Building packages and apps", () => build(["./packages/*", "./apps/*"]));
  const tour = join(root, "tooling", "workspace", "bin", "tour.mjs");
  return (
    spawnSync(process.execPath, [tour, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 1
  );
});
