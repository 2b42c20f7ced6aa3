import { ConcurrencyError } from "@netloom/concurrency";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeError, encodeError } from "../../src/processes/wire-error.ts";
import { runs } from "../runs.ts";

const through = (error: unknown): unknown => decodeError(structuredClone(encodeError(error)));

describe("an error on the wire", () => {
  it("keeps what it is, for any name, message and properties", () => {
    const property = fc.property(
      fc.oneof(fc.string(), fc.constantFrom("TypeError", "RangeError", "__proto__", "toString")),
      fc.string(),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (name, message, properties) => {
        const error = new Error(message);
        Object.defineProperty(error, "name", { value: name });
        for (const [key, value] of Object.entries(properties)) {
          if (["name", "message", "stack", "cause", "errors"].includes(key)) continue;
          Object.defineProperty(error, key, { value, enumerable: true });
        }
        const back = through(error) as Error;
        expect(back).toBeInstanceOf(Error);
        expect([back.name, back.message, back.stack]).toEqual([name, message, error.stack]);
        expect(Object.entries(back)).toEqual(Object.entries(error));
        expect(Object.getPrototypeOf(back)).not.toBe(Object.prototype);
      },
    );
    fc.assert(property, { numRuns: runs });
  });

  it("comes back as an error of this package where it was one", () => {
    const back = through(new ConcurrencyError("ERR_CONCURRENCY_CLOSED", "closed", { cause: 5 }));
    expect(back).toBeInstanceOf(ConcurrencyError);
    expect(back).toMatchObject({ code: "ERR_CONCURRENCY_CLOSED", message: "closed", cause: 5 });
  });

  it("ends where its causes lead back to itself", () => {
    const error = new Error("round");
    error.cause = error;
    let depth = 0;
    for (let at = through(error); at instanceof Error; at = at.cause) depth++;
    expect(depth).toBeLessThan(20);
  });

  it("may be a value that cannot be copied", () => {
    expect(through(Symbol("gone"))).toBe("Symbol(gone)");
    expect(through(undefined)).toBe(undefined);
    expect(through({ plain: [1] })).toEqual({ plain: [1] });
  });
});
