import { readFileSync } from "node:fs";

import { solveBankerFile } from "@netloom/thread-lab";
import { expect, it } from "vitest";

const known = JSON.parse(
  readFileSync(new URL("vectors/banker.json", import.meta.url), "utf8"),
) as Record<string, unknown>;

it("finds the answers that stand in the file", () => {
  expect(solveBankerFile(known)).toEqual(known);
});

it("describes an unsafe state, in which nothing can be granted", () => {
  const one = { kind: "request", available: [0], max: [[1]], allocation: [[0]] };
  const solved = solveBankerFile({ cases: [{ ...one, process: 0, request: [0] }] });
  const initial = { safe: false, sequences: 0, lowestFirst: null, circular: null };
  expect(solved.cases[0]).toMatchObject({ initial, need: [[1]], outcome: "unsafe" });
});

it("names the case that is malformed", () => {
  expect(() => solveBankerFile({ cases: [{ name: "short", kind: "detect" }] })).toThrow(
    expect.objectContaining({ message: "case short" }),
  );
  expect(() => solveBankerFile(null)).toThrow(/expected/);
});
