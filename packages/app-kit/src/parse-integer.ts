import { AppError } from "./errors.ts";

/**
 * Makes a parser for whole numbers from `min` to `max`, both allowed: decimal digits with an
 * optional minus, nothing else (no `1e3`, no `0x10`, no spaces).
 *
 * The parser throws an {@link AppError} (`ERR_APP_USAGE`) that says what was got and what is
 * allowed; as an option's parser its message gets the option's name.
 *
 * @example
 * program.option("--count <n>", "how many to send", integerBetween(1, 100), 4);
 */
export function integerBetween(
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): (value: string) => number {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new RangeError(`min and max must be safe integers in order, got ${min} and ${max}`);
  }
  return (value) => {
    const number = /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
    const got = JSON.stringify(value);
    const open = max === Number.MAX_SAFE_INTEGER;
    throw new AppError(
      {
        en: `got ${got}, expected a whole number ${open ? `of at least ${min}` : `from ${min} to ${max}`}`,
        zh: `得到 ${got}，应为${open ? `不小于 ${min} 的整数` : ` ${min} 到 ${max} 之间的整数`}`,
      },
      { code: "ERR_APP_USAGE" },
    );
  };
}

/** Parses a TCP or UDP port, 0 to 65535. As a port to listen on, 0 means any free one. */
export const parsePort: (value: string) => number = integerBetween(0, 65_535);
