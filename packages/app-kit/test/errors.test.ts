import { AppError } from "@netloom/app-kit";
import { expect, test } from "vitest";

const text = { en: "no", zh: "不" };

test("the status follows from the code, unless it is given", () => {
  expect(new AppError(text)).toMatchObject({
    message: "no",
    code: "ERR_APP_FAILED",
    status: 1,
    text,
  });
  expect(new AppError(text, { code: "ERR_APP_USAGE" }).status).toBe(2);
  expect(new AppError(text, { status: 9 }).status).toBe(9);
});

test("the cause is kept, and absent where none was given", () => {
  const cause = new Error("beneath");
  expect(new AppError(text, { cause }).cause).toBe(cause);
  expect("cause" in new AppError(text)).toBe(false);
});

test.each([0, -1, 256, 1.5, Number.NaN])("status %d is refused", (status) => {
  expect(() => new AppError(text, { status })).toThrow(RangeError);
});
