import { describe, expect, it } from "vitest";

import { readCases, runCase } from "./cases.ts";

const all = readCases(new URL("vectors/re_dev.json.gz", import.meta.url));

describe("15,152 cases of CPython 3.11.7", () => {
  // Patterns on bytes are not taken yet.
  const cases = all.filter(({ bytes }) => bytes !== true);

  it("come out as in CPython or are refused, and never otherwise", () => {
    expect(all).toHaveLength(15_152);
    const wrong: unknown[] = [];
    const counts = { equal: 0, refused: 0, wrong: 0 };
    for (const row of cases) {
      const outcome = runCase(row);
      counts[outcome.kind]++;
      if (outcome.kind === "wrong") wrong.push({ row, ...outcome });
    }
    expect(wrong).toEqual([]);
    expect(counts.wrong).toBe(0);
    // What is reached; it may only become less.
    expect(counts.refused).toBeLessThanOrEqual(787);
    expect(counts.equal + counts.refused).toBe(15_092);
  });

  it("refuses no pattern of Python's standard library and of the validation set", () => {
    const refused = cases
      .filter(({ src }) => src === "stdlib" || src === "validate" || src === "re_tests")
      .filter((row) => runCase(row).kind !== "equal")
      .map(({ pattern }) => pattern);
    expect(refused).toEqual([]);
  });
});
