// @ts-check
// The tour: every app's step, found in its own folder, run for real.
import { join } from "node:path";

import { root } from "../src/root.mjs";
import { runScript } from "../src/setup.mjs";
import { main } from "../src/step.mjs";
import { mainFile, members } from "../src/workspace.mjs";

await main(async () => {
  const { runTour } = await import("@netloom/tour/run");
  const apps = members("apps").map((app) => ({
    name: app.name,
    description: app.manifest["description"],
    stepFile: join(app.folder, "tour.mjs"),
    mainFile: mainFile(app),
  }));
  return runTour({ apps, root, only: process.argv.slice(2), byHand: runScript("app") });
});
