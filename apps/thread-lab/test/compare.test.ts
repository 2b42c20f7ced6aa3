import { expect, it } from "vitest";

import { median } from "../src/compare.ts";

it("the median of an odd and of an even number of values", () => {
  expect(median([1, 2, 9])).toBe(2);
  expect(median([1, 2, 4, 9])).toBe(3);
  expect(median([])).toBeNaN();
});
