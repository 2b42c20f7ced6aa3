import { AppError, integerBetween, parsePort } from "@netloom/app-kit";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test("whole numbers within the bounds", () => {
  expect(integerBetween(1, 100)("100")).toBe(100);
  expect(integerBetween(-5, 5)("-5")).toBe(-5);
  expect(integerBetween(0)("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
  "",
  " ",
  "1 ",
  "+1",
  "1.0",
  "1e2",
  "0x10",
  "101",
  "0",
  "-",
  "١",
  "9007199254740993",
  "1\n",
])("%j is refused", (value) => {
  expect(() => integerBetween(1, 100)(value)).toThrow(AppError);
});

test("the error says what was got and what is allowed, in both languages", () => {
  expect(() => integerBetween(1, 9)("ten")).toThrow(
    expect.objectContaining({
      code: "ERR_APP_USAGE",
      text: {
        en: 'got "ten", expected a whole number from 1 to 9',
        zh: '得到 "ten"，应为 1 到 9 之间的整数',
      },
    }),
  );
  expect(() => integerBetween(1)("0")).toThrow("expected a whole number of at least 1");
});

test("bounds that cannot be are refused", () => {
  expect(() => integerBetween(2, 1)).toThrow(RangeError);
  expect(() => integerBetween(0.5, 1)).toThrow(RangeError);
});

test("ports are 0 to 65535 and nothing else", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 200_000 }), (number) => {
      if (number >= 0 && number <= 65_535) expect(parsePort(String(number))).toBe(number);
      else expect(() => parsePort(String(number))).toThrow(AppError);
    }),
  );
});
