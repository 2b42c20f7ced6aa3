import { ChunkDecoder } from "./chunk-decoder.ts";
import { FramingError } from "./errors.ts";
import { defaultMaxFrameBytes, frameLimit, tooLarge } from "./frame-limit.ts";
import type { Framer } from "./framer.ts";
import { SizedScanner, type SizedRule } from "./sized-scanner.ts";

/** Options of `lengthPrefixed`. */
export interface LengthPrefixedOptions {
  /** Bytes of the prefix, an unsigned integer: 1, 2 or 4. */
  readonly width: 1 | 2 | 4;
  /** Order of the prefix's bytes; `"big"` (network byte order) by default. */
  readonly byteOrder?: "big" | "little" | undefined;
  /**
   * Largest payload in bytes, sent and received, without the prefix. By default 8 MiB, or what the
   * prefix can hold where that is less (255, 65,535); at most what the prefix can hold.
   */
  readonly maxFrameBytes?: number | undefined;
}

/**
 * Each frame is its payload after a prefix with the payload's size in bytes: what most binary
 * protocols do, because a receiver knows at once how much will come.
 *
 * Throws `ERR_FRAMING_OPTION` for options outside their bounds.
 *
 * @example
 * const framer = lengthPrefixed({ width: 2 });
 * framer.encode(Uint8Array.of(7, 8)); // 00 02 07 08
 */
export function lengthPrefixed(options: LengthPrefixedOptions): Framer {
  const { width, byteOrder = "big" } = options;
  if (width !== 1 && width !== 2 && width !== 4) {
    throw new FramingError(
      "ERR_FRAMING_OPTION",
      `width is ${String(width)}; allowed are 1, 2 and 4`,
    );
  }
  if (byteOrder !== "big" && byteOrder !== "little") {
    throw new FramingError(
      "ERR_FRAMING_OPTION",
      `byteOrder is ${String(byteOrder)}; allowed are "big" and "little"`,
    );
  }
  const limit = frameLimit(options.maxFrameBytes, defaultMaxFrameBytes, 256 ** width - 1);
  const little = byteOrder === "little";
  const rule: SizedRule = {
    headBytes: width,
    skipBytes: width,
    bodyBytes(buffer, start) {
      const size = readSize(buffer, start, width, little);
      if (size > limit) {
        throw tooLarge(size, limit, buffer.subarray(start, start + width));
      }
      return size;
    },
  };
  return {
    encode(payload) {
      const size = payload.length;
      if (size > limit) {
        throw new FramingError(
          "ERR_FRAMING_PAYLOAD",
          `a payload of ${size} bytes exceeds the limit of ${limit} bytes`,
          { size, limit },
        );
      }
      const frame = new Uint8Array(width + size);
      for (let index = 0; index < width; index++) {
        frame[little ? index : width - 1 - index] = size >>> (8 * index);
      }
      frame.set(payload, width);
      return frame;
    },
    decoder: () => new ChunkDecoder(new SizedScanner(rule)),
  };
}

// Plain arithmetic rather than a DataView: a chunk would need one of its own, which costs more than
// the frame does. Multiplied, not shifted, where the top bit may be set: shifts are signed.
function readSize(buffer: Uint8Array, at: number, width: 1 | 2 | 4, little: boolean): number {
  const first = buffer[at] as number;
  if (width === 1) return first;
  const second = buffer[at + 1] as number;
  if (width === 2) return little ? (second << 8) | first : (first << 8) | second;
  const third = buffer[at + 2] as number;
  const fourth = buffer[at + 3] as number;
  return little
    ? fourth * 0x1000000 + ((third << 16) | (second << 8) | first)
    : first * 0x1000000 + ((second << 16) | (third << 8) | fourth);
}
