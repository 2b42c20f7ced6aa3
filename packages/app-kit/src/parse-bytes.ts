import { AppError } from "./errors.ts";

const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1024,
  kib: 1024,
  kb: 1000,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  mb: 1000 ** 2,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  gb: 1000 ** 3,
  t: 1024 ** 4,
  tib: 1024 ** 4,
  tb: 1000 ** 4,
};

/**
 * Parses an amount of bytes: `4096`, `64KiB`, `10MB`, `1.5GiB`. `KiB`, `MiB`, `GiB`, `TiB` are
 * powers of 1024, `KB`, `MB`, `GB`, `TB` powers of 1000, and a bare `K`, `M`, `G`, `T` is a power
 * of 1024, as in `dd` and `head`. Case does not matter.
 *
 * @returns a whole number of bytes, 0 or more, at most `Number.MAX_SAFE_INTEGER`
 * @throws {AppError} `ERR_APP_USAGE` for everything else, a fraction of a byte included
 */
export function parseBytes(value: string): number {
  const match = /^(\d{1,16}(?:\.\d{1,16})?) ?([a-z]{0,3})$/i.exec(value);
  const unit = (match?.[2] ?? "").toLowerCase();
  // Looked up by own key: "constructor" is no unit.
  const factor = Object.hasOwn(FACTORS, unit) ? FACTORS[unit] : undefined;
  const bytes = match !== null && factor !== undefined ? Number(match[1]) * factor : Number.NaN;
  if (Number.isSafeInteger(bytes)) return bytes;
  const got = JSON.stringify(value);
  throw new AppError(
    {
      en: `got ${got}, expected an amount of bytes such as 4096, 64KiB or 10MB`,
      zh: `得到 ${got}，应为字节数，例如 4096、64KiB 或 10MB`,
    },
    { code: "ERR_APP_USAGE" },
  );
}
