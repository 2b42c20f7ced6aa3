import fc from "fast-check";
import { expect, it } from "vitest";

import { classSource } from "../src/class-source.ts";
import { CodePointSet } from "../src/code-point-set.ts";
import { runs } from "./runs.ts";

const point = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0x10_ffff }));
const range = fc.tuple(point, point).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const ranges = fc.array(range, { maxLength: 6 });

it("holds what its ranges hold, its complement the rest, and its source says the same", () => {
  fc.assert(
    fc.property(ranges, ranges, fc.array(point), (some, others, points) => {
      const set = CodePointSet.of(some).union(CodePointSet.of(others));
      const source = new RegExp(`^${classSource(set)}$`, "u");
      const edges = [...some, ...others].flat().flatMap((edge) => [edge - 1, edge, edge + 1]);
      for (const each of [...points, ...edges]) {
        if (each < 0 || each > 0x10_ffff) continue;
        const inside = [...some, ...others].some(([from, to]) => each >= from && each <= to);
        expect(set.has(each)).toBe(inside);
        expect(set.complement().has(each)).toBe(!inside);
        expect(source.test(String.fromCodePoint(each))).toBe(inside);
      }
    }),
    { numRuns: runs / 2 },
  );
});
