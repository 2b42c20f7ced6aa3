import { AppError, parseDuration } from "@netloom/app-kit";
import { expect, test } from "vitest";

test.each<[string, number]>([
  ["0ms", 0],
  ["500ms", 500],
  ["5s", 5_000],
  ["1.5s", 1_500],
  ["2m", 120_000],
  ["2min", 120_000],
  ["1 h", 3_600_000],
  ["2147483647ms", 2_147_483_647],
])("%s", (value, ms) => {
  expect(parseDuration(value)).toBe(ms);
});

test.each(["", "5", "-5s", "5 seconds", "s", "1e3ms", "25d", "2147483648ms", "600h", "5S"])(
  "%j is refused",
  (value) => {
    expect(() => parseDuration(value)).toThrow(AppError);
    expect(() => parseDuration(value)).toThrow(/expected a time with its unit such as 500ms/);
  },
);
