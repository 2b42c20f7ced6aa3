import { readFileSync } from "node:fs";

import { Banker, findDeadlocked } from "@netloom/concurrency";
import type { ConcurrencyError } from "@netloom/concurrency";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { runs, runsTimeoutMs } from "./runs.ts";

interface Described {
  safe: boolean;
  sequences: number;
  lowestFirst: number[];
  circular: number[];
}

interface RequestCase {
  kind: "request";
  name: string;
  available: number[];
  max: number[][];
  allocation: number[][];
  need: number[][];
  process: number;
  request: number[];
  initial: Described;
  outcome: string;
  after?: Described & { available: number[]; allocation: number[][] };
  published?: number[];
}

interface DetectCase {
  kind: "detect";
  name: string;
  available: number[];
  allocation: number[][];
  request: number[][];
  deadlocked: number[];
}

const { cases } = JSON.parse(
  readFileSync(new URL("vectors/banker.json", import.meta.url), "utf8"),
) as { cases: (RequestCase | DetectCase)[] };

function describeState(banker: Banker): Partial<Described> {
  return {
    safe: banker.safe,
    sequences: banker.countSafeSequences(),
    lowestFirst: banker.safeSequence() ?? [],
    circular: banker.safeSequence("circular") ?? [],
  };
}

describe("published and worked cases", () => {
  for (const one of cases) {
    it(one.name, () => {
      if (one.kind === "detect") {
        expect(findDeadlocked(one)).toEqual(one.deadlocked);
        return;
      }
      const { available, max: maximum, allocation } = one;
      const banker = new Banker({ available, maximum, allocation });
      expect(banker.need).toEqual(one.need);
      expect(describeState(banker)).toEqual(one.initial);
      expect(banker.request(one.process, one.request)).toBe(one.outcome);
      const state = { available: banker.available, allocation: banker.allocation };
      expect({ ...state, ...describeState(banker) }).toEqual(
        one.after ?? { available, allocation, ...one.initial },
      );
      if (one.published !== undefined) expect(isSafe(banker, one.published)).toBe(true);
    });
  }
});

/** Whether everybody can be served in this order. */
function isSafe(banker: Banker, order: readonly number[]): boolean {
  const { available: free, need, allocation } = banker;
  return order.every((process) => {
    if (!(need[process] ?? []).every((units, type) => units <= (free[type] ?? 0))) return false;
    for (const [type, units] of (allocation[process] ?? []).entries()) {
      free[type] = (free[type] ?? 0) + units;
    }
    return true;
  });
}

function* permutations(rest: readonly number[]): Generator<number[]> {
  if (rest.length === 0) yield [];
  for (const first of rest) {
    for (const order of permutations(rest.filter((at) => at !== first))) yield [first, ...order];
  }
}

const states = fc
  .record({ processes: fc.integer({ min: 0, max: 5 }), types: fc.integer({ min: 1, max: 3 }) })
  .chain(({ processes, types }) => {
    const rows = (max: number): fc.Arbitrary<number[][]> =>
      fc.array(fc.array(fc.nat({ max }), { minLength: types, maxLength: types }), {
        minLength: processes,
        maxLength: processes,
      });
    return fc.record({
      available: fc.array(fc.nat({ max: 5 }), { minLength: types, maxLength: types }),
      allocation: rows(4),
      more: rows(5),
    });
  })
  .map(({ available, allocation, more }) => ({
    available,
    allocation,
    maximum: allocation.map((row, p) => row.map((units, r) => units + (more[p]?.[r] ?? 0))),
  }));

describe("any state", { timeout: runsTimeoutMs }, () => {
  it("has the safe sequences that trying every order finds", () => {
    fc.assert(
      fc.property(states, (state) => {
        const banker = new Banker(state);
        const all = [...permutations([...state.maximum.keys()])];
        const safe = all.filter((order) => isSafe(banker, order));
        expect(banker.countSafeSequences()).toBe(safe.length);
        for (const scan of ["lowest-first", "circular"] as const) {
          const found = banker.safeSequence(scan);
          expect(found === undefined).toBe(safe.length === 0);
          if (found !== undefined) expect(safe).toContainEqual(found);
        }
      }),
      { numRuns: runs },
    );
  });

  it("stays safe by requests and releases, loses no unit, and lets everybody finish", () => {
    const steps = fc.array(
      fc.tuple(fc.nat(4), fc.array(fc.nat(3), { minLength: 3 }), fc.boolean()),
    );
    fc.assert(
      fc.property(states, steps, (state, list) => {
        const banker = new Banker(state);
        const total = (): number[] =>
          banker.allocation.reduce(
            (sum, row) => sum.map((units, type) => units + (row[type] ?? 0)),
            banker.available,
          );
        const before = total();
        let wasSafe = banker.safe;
        for (const [process, units, back] of list) {
          if (process >= state.maximum.length) continue;
          const row = units.slice(0, state.available.length);
          const held = banker.allocation[process] ?? [];
          if (back)
            banker.release(
              process,
              row.map((n, type) => Math.min(n, held[type] ?? 0)),
            );
          else if (banker.request(process, row) === "granted") expect(banker.safe).toBe(true);
          if (wasSafe) expect(banker.safe).toBe(true);
          wasSafe = banker.safe;
          expect(total()).toEqual(before);
        }
      }),
      { numRuns: runs },
    );
  });
});

describe("refusals", () => {
  const refusal = expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }) as ConcurrencyError;
  const banker = new Banker({ available: [3], maximum: [[2], [3]] });

  it.each([
    ["an allocation above the claim", { available: [1], maximum: [[1]], allocation: [[2]] }],
    ["rows of different widths", { available: [1, 1], maximum: [[1]] }],
    ["matrices of different heights", { available: [1], maximum: [[1]], allocation: [] }],
    ["a negative count", { available: [-1], maximum: [] }],
    ["half a unit", { available: [1], maximum: [[0.5]] }],
  ])("%s", (_, options) => {
    expect(() => new Banker(options)).toThrow(refusal);
  });

  it("a process that does not exist, a malformed request, a release of what is not held", () => {
    expect(() => banker.request(2, [1])).toThrow(refusal);
    expect(() => banker.request(0, [])).toThrow(refusal);
    expect(() => banker.release(0, [1])).toThrow(refusal);
    expect(() => findDeadlocked({ available: [1], allocation: [[1]], request: [] })).toThrow(
      refusal,
    );
  });

  it("counting the orders of more than 18 processes", () => {
    const many = (count: number): Banker =>
      new Banker({ available: [1], maximum: Array.from({ length: count }, () => [1]) });
    expect(many(18).countSafeSequences()).toBe(6_402_373_705_728_000);
    expect(() => many(19).countSafeSequences()).toThrow(refusal);
  });
});
