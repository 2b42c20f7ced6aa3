import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteStash } from "../src/byte-stash.ts";

const runs = process.env["NETLOOM_LONG"] ? 100_000 : 1_000;

describe("ByteStash", () => {
  it("is a queue of bytes", () => {
    const step = fc.oneof(
      fc.record({ append: fc.uint8Array({ maxLength: 700 }) }),
      fc.record({ drop: fc.nat(900) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const stash = new ByteStash();
        let model: number[] = [];
        for (const one of steps) {
          if ("append" in one) {
            stash.append(one.append, 0, one.append.length);
            model = [...model, ...one.append];
          } else {
            const count = Math.min(one.drop, model.length);
            stash.dropTo(stash.start + count);
            model = model.slice(count);
          }
          expect(stash.length).toBe(model.length);
          expect([...stash.buffer.subarray(stash.start, stash.end)]).toEqual(model);
        }
      }),
      { numRuns: runs / 10 },
    );
  });

  it("gives a large buffer back when it is empty, and keeps a small one", () => {
    const stash = new ByteStash();
    stash.append(new Uint8Array(1000), 0, 1000);
    stash.clear();
    expect(stash.buffer.length).toBeGreaterThan(0);
    stash.append(new Uint8Array(1_000_000), 0, 1_000_000);
    stash.dropTo(stash.end);
    expect(stash.buffer.length).toBe(0);
  });
});
