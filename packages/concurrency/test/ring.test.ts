import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Ring } from "../src/ring.ts";
import { runs, runsTimeoutMs } from "./runs.ts";

test("any sequence of pushes and shifts behaves as an array", { timeout: runsTimeoutMs }, () => {
  const bursts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 20 });
  fc.assert(
    fc.property(bursts, (bursts) => {
      const ring = new Ring<number>();
      const model: number[] = [];
      let next = 0;
      for (const [pushes, shifts] of bursts) {
        for (let i = 0; i < pushes; i++) {
          ring.push(next);
          model.push(next++);
        }
        for (let i = 0; i < shifts && model.length > 0; i++) {
          expect(ring.shift()).toBe(model.shift());
        }
        expect(ring.length).toBe(model.length);
      }
      ring.clear();
      expect(ring.length).toBe(0);
    }),
    { numRuns: runs },
  );
});

test("a burst goes through a ring that shrinks again when it is drained", () => {
  const ring = new Ring<number>();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 5_000; i++) ring.push(i);
    for (let i = 0; i < 5_000; i++) expect(ring.shift()).toBe(i);
    expect(ring.length).toBe(0);
  }
});
