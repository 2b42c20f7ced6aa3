// Reads a format string into fields, by the rules and with the messages of CPython's prepare_s.
import { CodecError } from "./errors.ts";
import type { StructCode, StructCodeTable } from "./struct-code.ts";
import { bigEndianCodes, littleEndianCodes, nativeCodes } from "./struct-tables.ts";
import { escaped } from "./text-fault.ts";

/** `count` values of one code that follow each other; a string is one value of `length` bytes. */
export interface StructField {
  readonly code: StructCode;
  readonly offset: number;
  readonly count: number;
  /** Bytes of each value. */
  readonly length: number;
}

/** What a format describes. */
export interface StructLayout {
  readonly fields: readonly StructField[];
  /** Bytes in all. */
  readonly size: number;
  /** Values in all. */
  readonly count: number;
}

const tables: Readonly<Record<string, StructCodeTable | undefined>> = {
  "@": nativeCodes,
  "=": littleEndianCodes,
  "<": littleEndianCodes,
  ">": bigEndianCodes,
  "!": bigEndianCodes,
};
const whiteSpace = " \t\n\v\f\r";
// CPython's limit is 2^63 - 1 bytes; beyond 2^53 a JavaScript number could not hold the size.
const maxSize = Number.MAX_SAFE_INTEGER;

export function parseFormat(format: string): StructLayout {
  if (typeof format !== "string") {
    throw new CodecError("ERR_CODEC_TYPE", `a format is a string, not ${typeof format}`);
  }
  const fail = (message: string): never => {
    throw new CodecError("ERR_CODEC_FORMAT", message, { format });
  };
  checkCharacters(format, fail);
  const order = tables[format[0] ?? ""];
  const codes = order ?? nativeCodes;
  const fields: StructField[] = [];
  let size = 0;
  let values = 0;
  for (let position = order ? 1 : 0; position < format.length; position++) {
    let char = format[position] ?? "";
    if (whiteSpace.includes(char)) continue;
    let count = 1;
    if (isDigit(char)) {
      const start = position;
      while (isDigit(char)) char = format[++position] ?? "";
      count = Number(format.slice(start, position));
      if (count > maxSize) fail("total struct size too long");
      if (char === "") fail("repeat count given without format specifier");
    }
    const code = codes[char] ?? fail("bad char in struct format");
    const offset = code.alignment > 1 ? Math.ceil(size / code.alignment) * code.alignment : size;
    size = offset + count * code.size;
    if (size > maxSize) fail("total struct size too long");
    if (char === "x") continue;
    const oneValue = char === "s" || char === "p";
    values += oneValue ? 1 : count;
    if (oneValue) fields.push({ code, offset, count: 1, length: count });
    else if (count > 0) fields.push({ code, offset, count, length: code.size });
  }
  return { fields, size, count: values };
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

function checkCharacters(format: string, fail: (message: string) => never): void {
  const bad = /[^\0-\x7f]+/.exec(format);
  if (bad) {
    const codePoints = [...bad[0]];
    fail(
      codePoints.length === 1
        ? `'ascii' codec can't encode character '${escaped(bad[0])}' in position ${bad.index}: ordinal not in range(128)`
        : `'ascii' codec can't encode characters in position ${bad.index}-${bad.index + codePoints.length - 1}: ordinal not in range(128)`,
    );
  }
  if (format.includes("\0")) fail("embedded null character");
}
