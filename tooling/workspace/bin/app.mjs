// @ts-check
// `pnpm app <name> …`: builds the app if needed and runs it; without a name, lists the apps.
import { spawn } from "node:child_process";

import { runScript, setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";
import { build } from "../src/turbo.mjs";
import { mainFile, members } from "../src/workspace.mjs";

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const apps = members("apps");
  if (name === undefined || name === "--help" || name === "-h") {
    const width = Math.max(...apps.map((app) => app.name.length));
    for (const app of apps) {
      process.stdout.write(`${app.name.padEnd(width)}  ${app.manifest["description"]}\n`);
    }
    process.stdout.write(`\nRun one: ${runScript("app")} <name> --help\n`);
    return 0;
  }
  const app = apps.find((each) => each.name === name);
  if (app === undefined) {
    const known = apps.map((each) => each.name).join(", ");
    process.stderr.write(`There is no app named "${name}". The apps are: ${known}.\n`);
    return 2;
  }
  await setUpOnce();
  await build([app.manifest["name"]]);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [mainFile(app), ...args], { stdio: "inherit" });
    // Ctrl-C reaches the app by itself (same process group); this process must outlive it, so that
    // its clean-up is seen and its status passed on.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
});
