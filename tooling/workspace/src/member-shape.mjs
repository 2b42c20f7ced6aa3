// @ts-check
// What every package and app must have. A script that is missing would not fail: turbo would leave
// its gate out in silence.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./root.mjs";
import { members } from "./workspace.mjs";

const scripts = {
  build: "netloom-build",
  typecheck: "tsc -p tsconfig.json",
  test: "vitest run",
  readme: "netloom-readme",
  "package:check": "netloom-package-check",
};
const e2eScript = "vitest run --mode e2e";

/** Whether a member has a test of a kind. @param {string} folder @param {string} ending */
function hasTests(folder, ending) {
  const tests = join(folder, "test");
  return (
    existsSync(tests) &&
    readdirSync(tests, { recursive: true }).some((file) => String(file).endsWith(ending))
  );
}

/** @returns {string[]} what is missing, a line each */
export function checkMemberShape() {
  return [...members("packages"), ...members("apps")].flatMap(
    ({ name, group, folder, manifest }) => {
      /** @type {string[]} */
      const problems = [];
      const own = manifest["scripts"] ?? {};
      for (const [script, command] of Object.entries(scripts)) {
        if (own[script] !== command) problems.push(`the script "${script}" must be "${command}"`);
      }
      if (!hasTests(folder, ".test.ts")) problems.push("it has no unit test (test/*.test.ts)");
      const e2e = hasTests(folder, ".e2e.ts");
      if (e2e !== (own["test:e2e"] === e2eScript)) {
        problems.push(
          `the script "test:e2e" must be "${e2eScript}" exactly when there are test/*.e2e.ts`,
        );
      }
      if (manifest["name"] !== `@netloom/${name}`)
        problems.push(`its name must be @netloom/${name}`);
      if (!manifest["description"]) problems.push("package.json has no description");
      if (group === "apps") {
        if (!e2e) problems.push("it has no end-to-end test (test/*.e2e.ts)");
        if (!existsSync(join(folder, "tour.mjs")))
          problems.push("it has no step of the tour (tour.mjs)");
      }
      // Until its first release a member needs a changeset; afterwards it has a changelog.
      if (
        !existsSync(join(folder, "CHANGELOG.md")) &&
        !existsSync(join(root, ".changeset", `${name}-first.md`))
      ) {
        problems.push(`it has neither a CHANGELOG.md nor .changeset/${name}-first.md`);
      }
      return problems.map((problem) => `${group}/${name}: ${problem}`);
    },
  );
}
