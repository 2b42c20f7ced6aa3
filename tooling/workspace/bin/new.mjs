// @ts-check
// `pnpm new app <name>` and `pnpm new package <name> [--floor lib]`: a new member that builds, runs
// and passes every check as it is.
import { join, relative } from "node:path";
import { parseArgs } from "node:util";

import { floorsFile, readFloors } from "../src/floors.mjs";
import { root } from "../src/root.mjs";
import { nameProblem, scaffold } from "../src/scaffold.mjs";
import { runScript, setUpOnce } from "../src/setup.mjs";
import { main, run, step, StepError } from "../src/step.mjs";
import { writeRootReadme } from "../src/root-readme.mjs";

const usage = `Usage: ${runScript("new")} app <name>
       ${runScript("new")} package <name> [--floor ${Object.keys(readFloors()).join("|")}]
`;

/** @param {string} problem */
function misuse(problem) {
  process.stderr.write(`${problem}.\n${usage}`);
  return 2;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { floor: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  const [kind, name, ...rest] = positionals;
  if (values["help"]) {
    process.stdout.write(usage);
    return 0;
  }
  if (kind !== "app" && kind !== "package")
    return misuse(`say "app" or "package", got "${kind ?? ""}"`);
  if (rest.length > 0) return misuse(`one name at a time, got also "${rest[0]}"`);
  const problem = nameProblem(name);
  if (problem !== undefined || name === undefined) return misuse(problem ?? "a name is missing");
  const floor = String(values["floor"] ?? "lib");
  if (!(floor in readFloors())) {
    return misuse(`there is no floor "${floor}": ${Object.keys(readFloors()).join(", ")}`);
  }
  if (kind === "app" && values["floor"] !== undefined) return misuse("an app stands on no floor");

  await setUpOnce();
  const folder = scaffold(kind, name, floor);
  writeRootReadme();
  await step("Linking it into the workspace", async () => {
    const { status, output } = await run("pnpm", [
      "install",
      "--prefer-offline",
      "--no-frozen-lockfile",
    ]);
    if (status !== 0) {
      throw new StepError("Linking", "see what pnpm says above, then run `pnpm install`.", output);
    }
  });
  // How long the name is decides where lines break.
  const oxfmt = join(root, "node_modules", ".bin", "oxfmt");
  const formatted = await run(oxfmt, [folder, floorsFile, join(root, "README.md")]);
  if (formatted.status !== 0) {
    throw new StepError("Formatting", "see what oxfmt says above.", formatted.output);
  }
  process.stdout.write(`Made ${relative(root, folder)}. Next:\n`);
  if (kind === "app") process.stdout.write(`  ${runScript("app")} ${name} --help\n`);
  process.stdout.write(`  ${runScript("check")}\n`);
  return 0;
});
