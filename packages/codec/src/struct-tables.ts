// The format characters of Python's struct module: how one value of each is checked, written and read.
// The texts of the faults are CPython 3.11's (Modules/_struct.c). They differ between the tables on
// purpose: on a little-endian host CPython serves `<` and `=` with the native functions wherever the
// sizes agree (not for f, d, ?), and those speak of "short" and "byte" where `>` speaks of 'h'.
import { bool, char, pad, pascal, string } from "./struct-bytes.ts";
import type { StructCodeTable } from "./struct-code.ts";
import { double, half, single } from "./struct-floats.ts";
import {
  byte,
  int16,
  int32,
  int64,
  ubyte,
  uint16,
  uint32,
  uint64,
  pointer,
} from "./struct-integers.ts";

const anySize = { x: pad, c: char, b: byte, B: ubyte, "?": bool, s: string, p: pascal };

/** Sizes fixed by the format, no alignment: `<`, `=` (little), `>`, `!` (big). */
function standard(little: boolean): StructCodeTable {
  return Object.assign(Object.create(null) as object, anySize, {
    h: int16(little, 0),
    H: uint16(little, 0),
    i: int32("i", little, 0),
    I: uint32("I", little, 0),
    l: int32("l", little, 0),
    L: uint32("L", little, 0),
    q: int64(little, 0),
    Q: uint64(little, 0),
    e: half(little, 0),
    f: single(little, 0, true),
    d: double(little, 0),
  });
}

/**
 * Sizes, alignment and byte order of a 64-bit little-endian machine whose `long` has 8 bytes (Linux and
 * macOS on x86-64 and ARM64), wherever the code runs: `@` and no prefix.
 */
function native(): StructCodeTable {
  return Object.assign(Object.create(null) as object, anySize, {
    h: int16(true, 2),
    H: uint16(true, 2),
    i: int32("i", true, 4),
    I: uint32("I", true, 4),
    l: int64(true, 8),
    L: uint64(true, 8),
    q: int64(true, 8),
    Q: uint64(true, 8),
    n: int64(true, 8),
    N: uint64(true, 8),
    P: pointer(),
    e: half(true, 2),
    f: single(true, 4, false),
    d: double(true, 8),
  });
}

export const littleEndianCodes: StructCodeTable = standard(true);
export const bigEndianCodes: StructCodeTable = standard(false);
export const nativeCodes: StructCodeTable = native();
