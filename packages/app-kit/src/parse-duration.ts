import { AppError } from "./errors.ts";

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** What a Node.js timer can wait for at most: 2^31 - 1 ms, 24 days and 20 hours. */
const MAX_DURATION_MS = 2 ** 31 - 1;

/**
 * Parses a length of time with its unit: `500ms`, `5s`, `1.5s`, `2m` or `2min`, `1h`. A number
 * without a unit is refused: whether it means seconds or milliseconds would be a guess.
 *
 * @returns milliseconds, whole, 0 to 2^31 - 1 (what a timer takes)
 * @throws {AppError} `ERR_APP_USAGE` for everything else
 */
export function parseDuration(value: string): number {
  const match = /^(\d{1,10}(?:\.\d{1,10})?) ?(ms|s|m|min|h)$/.exec(value);
  const ms = match === null ? Number.NaN : Math.round(Number(match[1]) * factorOf(match[2]));
  if (ms <= MAX_DURATION_MS) return ms;
  const got = JSON.stringify(value);
  throw new AppError(
    {
      en: `got ${got}, expected a time with its unit such as 500ms, 5s, 2m or 1h, at most 24 days`,
      zh: `得到 ${got}，应为带单位的时间，例如 500ms、5s、2m 或 1h，最长 24 天`,
    },
    { code: "ERR_APP_USAGE" },
  );
}

function factorOf(unit: string | undefined): number {
  return MILLISECONDS[unit ?? ""] ?? Number.NaN;
}
