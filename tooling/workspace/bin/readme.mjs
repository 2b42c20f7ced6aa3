// @ts-check
// `pnpm readme [--write]`: holds the root's README to the workspace and to its examples; with
// --write mends it, and every package's README.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "../src/root.mjs";
import { setUpOnce } from "../src/setup.mjs";
import { main } from "../src/step.mjs";
import { build } from "../src/turbo.mjs";
import { writeRootReadme } from "../src/root-readme.mjs";
import { members } from "../src/workspace.mjs";

await main(async () => {
  await setUpOnce();
  await build(["./packages/*", "./apps/*"]);
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith("--"));
  const flags = args.filter((arg) => arg.startsWith("--"));
  const checker = join(root, "tooling", "readme", "src", "main.mjs");
  let status = 0;
  for (const member of [...members("packages"), ...members("apps")]) {
    if (names.length > 0 && !names.includes(member.name)) continue;
    process.stdout.write(`${member.name}: `);
    status ||=
      spawnSync(process.execPath, [checker, ...flags], { cwd: member.folder, stdio: "inherit" })
        .status ?? 1;
  }
  if (names.length === 0) {
    if (flags.includes("--write")) writeRootReadme();
    process.stdout.write("root: ");
    const rootArgs = [checker, "../README.md", ...flags];
    status ||=
      spawnSync(process.execPath, rootArgs, { cwd: join(root, "docs"), stdio: "inherit" }).status ??
      1;
  }
  return status;
});
