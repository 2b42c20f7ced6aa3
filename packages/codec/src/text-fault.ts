// The faults of text in CPython's words (UnicodeEncodeError and UnicodeDecodeError), so that who knows
// Python knows what is meant. Positions count UTF-16 code units when encoding, bytes when decoding.
import type { Encoding } from "./encodings.ts";
import { CodecError } from "./errors.ts";

/** Bytes `start` to `end` (exclusive) that are not text. */
export interface ByteFault {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  /** The input ends inside a character; more bytes could complete it. */
  readonly truncated: boolean;
}

/** The error of a fault; `base` is the offset of `bytes` in the whole input. */
export function decodeError(
  encoding: Encoding,
  bytes: Uint8Array,
  fault: ByteFault,
  base: number,
): CodecError {
  const { start, end, reason } = fault;
  const what =
    end - start === 1
      ? `byte 0x${(bytes[start] ?? 0).toString(16).padStart(2, "0")} in position ${base + start}`
      : `bytes in position ${base + start}-${base + end - 1}`;
  return new CodecError(
    "ERR_CODEC_MALFORMED",
    `'${encoding}' codec can't decode ${what}: ${reason}`,
    {
      offset: base + start,
      end: base + end,
    },
  );
}

/** The error of the characters from code unit `start` to `end` that cannot be encoded. */
export function encodeError(
  encoding: Encoding,
  text: string,
  start: number,
  end: number,
  reason: string,
): CodecError {
  const characters = Array.from(text.slice(start, end));
  const what =
    characters.length === 1
      ? `character '${escaped(characters[0] ?? "")}' in position ${start}`
      : `characters in position ${start}-${end - 1}`;
  const message = `'${encoding}' codec can't encode ${what}: ${reason}`;
  return new CodecError("ERR_CODEC_UNENCODABLE", message, { offset: start, end });
}

/** A character as Python writes it in its messages: `\xe9`, `\u20ac`, `\U0001f600`. */
export function escaped(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return codePoint < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
