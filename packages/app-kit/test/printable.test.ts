import { printable } from "@netloom/app-kit";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const runs = process.env["NETLOOM_LONG"] ? 100_000 : 1_000;

test.each<[string, string]>([
  ["plain, 中文, émoji 👩‍🚀", "plain, 中文, émoji 👩‍🚀"],
  ["a\nb\r\tc", "a\\nb\\r\\tc"],
  ["\x1b[2J\x07\x00", "\\x1b[2J\\x07\\x00"],
  ["\x9b31m\x7f", "\\x9b31m\\x7f"],
  ["evil\u202etxt.exe", "evil\\u202etxt.exe"],
  ["a\u2028b", "a\\u2028b"],
  ["\ud83d", "\\ud83d"],
])("%j becomes %s", (text, safe) => {
  expect(printable(text)).toBe(safe);
});

test("nothing that steers a terminal is left, and nothing else is touched", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const safe = printable(text);
      expect(safe).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(printable(safe)).toBe(safe);
    }),
    { numRuns: runs },
  );
});
