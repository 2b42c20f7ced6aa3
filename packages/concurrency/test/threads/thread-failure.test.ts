import { ConcurrencyError } from "@netloom/concurrency";
import { expect, it } from "vitest";

import { decodeFailure, encodeFailure } from "../../src/threads/thread-failure.ts";

/** As it arrives in another thread. */
function across(error: unknown): unknown {
  return decodeFailure(structuredClone(encodeFailure(error)));
}

it("keeps class, message, stack, code, fields and cause", () => {
  const cause = new ConcurrencyError("ERR_CONCURRENCY_LIMIT", "full");
  const error = Object.assign(new RangeError("no", { cause }), { code: "E1", at: { x: 1n } });
  const there = across(error) as typeof error;
  expect(there).toBeInstanceOf(RangeError);
  expect(there).toMatchObject({ message: "no", stack: error.stack, code: "E1", at: { x: 1n } });
  expect(there.cause).toBeInstanceOf(ConcurrencyError);
  expect(there.cause).toMatchObject({ code: "ERR_CONCURRENCY_LIMIT", message: "full" });
});

it("keeps the name of a class of its own, and the errors of an aggregate", () => {
  class OwnError extends Error {
    override readonly name = "OwnError";
  }
  const there = across(new AggregateError([new OwnError("one"), 2], "both")) as AggregateError;
  expect(there).toBeInstanceOf(AggregateError);
  expect(there.errors).toMatchObject([{ name: "OwnError", message: "one" }, {}]);
  expect(there.errors[1]).toBe(2);
});

it("leaves out what cannot be copied, and cuts a circle of causes", () => {
  const error: Error & { run?: unknown } = new Error("loop");
  error.cause = error;
  error.run = () => {};
  const there = across(error) as Error & { run?: unknown };
  expect(there.run).toBeUndefined();
  expect((there.cause as Error).message).toBe("loop");
  expect(across(() => {})).toBe("() => {}");
  expect(across(undefined)).toBeUndefined();
});

it("takes no class from a name", () => {
  for (const name of ["constructor", "__proto__", "Function"]) {
    const there = across(Object.assign(new Error("x"), { name }));
    expect(there).toBeInstanceOf(Error);
    expect(there).toMatchObject({ name });
  }
});
