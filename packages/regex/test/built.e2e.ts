// What was built, as a page has it: no eval, no Node globals.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const script = `
  for (const name of ["Buffer", "process", "require", "setImmediate"]) delete globalThis[name];
  const { compile, RegexError } = await import("@netloom/regex");
  console.log(compile("(?P<key>\\\\w+)=(.*)").fullmatch("名字=织网").groups().join());
  console.log(compile("(\\\\w)\\\\1", "i").sub("<\\\\1>", "aA b"));
  try { compile("(") } catch (error) { console.log(error instanceof RegexError, error.position) }
`;

test("the package works without eval and without Node's globals", () => {
  const run = spawnSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", script],
    { cwd: import.meta.dirname, encoding: "utf8" },
  );
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe("名字,织网\n<a> b\ntrue 0\n");
});
