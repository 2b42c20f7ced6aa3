import { AppError, formatBytes, parseBytes } from "@netloom/app-kit";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test.each<[string, number]>([
  ["0", 0],
  ["4096", 4096],
  ["512B", 512],
  ["64KiB", 65_536],
  ["64kib", 65_536],
  ["64K", 65_536],
  ["64KB", 64_000],
  ["1.5GiB", 1_610_612_736],
  ["10 MB", 10_000_000],
  ["2T", 2 ** 41],
  ["2tb", 2e12],
])("%s", (value, bytes) => {
  expect(parseBytes(value)).toBe(bytes);
});

test.each([
  "",
  "KiB",
  "-1",
  "1.5",
  "0.3KB ",
  "1e3",
  "1 XB",
  "1KiBs",
  "constructor",
  "1PB",
  "10000000000T",
  ".5M",
  "NaN",
])("%j is refused", (value) => {
  expect(() => parseBytes(value)).toThrow(AppError);
  expect(() => parseBytes(value)).toThrow(/^got ".*", expected an amount of bytes/);
});

test("reads back what formatBytes writes of round amounts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1023 }), fc.nat({ max: 4 }), (count, power) => {
      const bytes = count * 1024 ** power;
      expect(parseBytes(formatBytes(bytes))).toBe(bytes);
    }),
  );
});
