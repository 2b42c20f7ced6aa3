// Random patterns against the machine's own Python, where that is the 3.11 that this package follows.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { runCase } from "./cases.ts";
import type { Case } from "./cases.ts";
import { runs, seed } from "./runs.ts";

const script = fileURLToPath(new URL("fixtures/random-cases.py", import.meta.url));

function isPython311(): boolean {
  const { status, stdout } = spawnSync("python3", ["--version"], { encoding: "utf8" });
  if (status === 0 && stdout.startsWith("Python 3.11.")) return true;
  process.stderr.write("skipped: random patterns against Python 3.11, which is not installed\n");
  return false;
}

describe.skipIf(!isPython311())("random patterns", () => {
  it("come out as in Python or are refused, and never otherwise", () => {
    const count = runs * 3;
    const python = spawnSync("python3", [script, String(seed), String(count)], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    expect(python.stderr).toBe("");
    const cases = python.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Case);
    expect(cases.length).toBeGreaterThanOrEqual(count);
    const wrong = cases
      .map((row) => ({ row, ...runCase(row) }))
      .filter(({ kind }) => kind === "wrong");
    expect(wrong, `repeat with NETLOOM_SEED=${seed}`).toEqual([]);
  }, 1_800_000);
});
