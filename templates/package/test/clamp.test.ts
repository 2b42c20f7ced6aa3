import { BoundsError, clamp } from "@netloom/__name__";
import { expect, it } from "vitest";

it("gives the nearest number of the range", () => {
  expect(clamp(-1, 0, 10)).toBe(0);
  expect(clamp(4, 0, 10)).toBe(4);
  expect(clamp(11, 0, 10)).toBe(10);
});

it("refuses bounds that are no range", () => {
  expect(() => clamp(1, 2, 1)).toThrow(BoundsError);
  expect(() => clamp(1, Number.NaN, 1)).toThrow("low must be at most high, got NaN and 1");
});
