import { FramingError } from "./errors.ts";

/** 8 MiB, as in tokio-util's `LengthDelimitedCodec`. */
export const defaultMaxFrameBytes: number = 8 * 1024 * 1024;

/** The limit to use: `given`, checked, or `fallback`. `ceiling` is the most that the framing can carry. */
export function frameLimit(
  given: number | undefined,
  fallback: number,
  ceiling: number = Number.MAX_SAFE_INTEGER,
): number {
  if (given === undefined) return Math.min(fallback, ceiling);
  if (!Number.isInteger(given) || given < 0 || given > ceiling) {
    throw new FramingError(
      "ERR_FRAMING_OPTION",
      `maxFrameBytes is ${given}; allowed is an integer from 0 to ${ceiling}`,
      { limit: ceiling },
    );
  }
  return given;
}

/** The error for a frame that announces too large a body; `head` is what announced it. */
export function tooLarge(size: number, limit: number, head: Uint8Array): FramingError {
  return new FramingError(
    "ERR_FRAMING_TOO_LARGE",
    `a frame of ${size} bytes exceeds the limit of ${limit} bytes${textHint(head)}`,
    { size, limit },
  );
}

/**
 * A stream that was never framed (an HTTP request sent to the wrong port, a program's log on its
 * standard output) announces an absurd size, and the size alone tells nobody why. So bytes that could
 * be text are shown as text: ` (0x47455420 looks like "GET ")`.
 */
export function textHint(head: Uint8Array): string {
  const isText = (byte: number): boolean =>
    (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
  if (head.length < 2 || !head.every(isText)) return "";
  const shown = head.subarray(0, 16);
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return ` (0x${hex} looks like ${JSON.stringify(String.fromCharCode(...shown))})`;
}
