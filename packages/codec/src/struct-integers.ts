import { intTooLarge, outOfRange, rangeFault, typeFault } from "./struct-code.ts";
import type { StructCode, ValueFault } from "./struct-code.ts";

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
const ULONG_MAX = 2n ** 64n - 1n;
const notInteger = typeFault("required argument is not an integer");

/** The integer that a value stands for: true is 1, as in Python. */
function asInteger(value: unknown): number | bigint | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? value : undefined;
  if (typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

interface Narrow {
  readonly size: number;
  readonly alignment: number;
  readonly min: number;
  readonly max: number;
  /** The fault of a value outside min..max that still fits what CPython converts to first. */
  readonly fault: string;
  /** CPython converts to an unsigned long first: a negative value is "argument out of range". */
  readonly unsignedFirst: boolean;
  readonly set: (view: DataView, offset: number, value: number) => void;
  readonly get: (view: DataView, offset: number) => number;
}

/** An integer of at most 32 bits. */
function narrow(spec: Narrow): StructCode {
  const { size, alignment, min, max, set, get } = spec;
  const notInRange = rangeFault(spec.fault);
  const least = spec.unsignedFirst ? 0n : LONG_MIN;
  const most = spec.unsignedFirst ? ULONG_MAX : LONG_MAX;
  return {
    size,
    alignment,
    write(view, offset, value) {
      const integer = asInteger(value);
      if (integer === undefined) return notInteger;
      if (!(integer >= min && integer <= max)) {
        return integer >= least && integer <= most ? notInRange : outOfRange;
      }
      set(view, offset, Number(integer));
      return undefined;
    },
    read: get,
  };
}

/** An integer of 64 bits: always a bigint when read. */
function wide(
  littleEndian: boolean,
  alignment: number,
  min: bigint,
  max: bigint,
  fault: ValueFault,
): StructCode {
  return {
    size: 8,
    alignment,
    write(view, offset, value) {
      const integer = asInteger(value);
      if (integer === undefined) return notInteger;
      if (!(integer >= min && integer <= max)) return fault;
      // The setter takes the value modulo 2^64, so it serves unsigned values too.
      view.setBigInt64(offset, BigInt(integer), littleEndian);
      return undefined;
    },
    read:
      max === LONG_MAX
        ? (view, offset) => view.getBigInt64(offset, littleEndian)
        : (view, offset) => view.getBigUint64(offset, littleEndian),
  };
}

export const byte: StructCode = narrow({
  size: 1,
  alignment: 1,
  min: -128,
  max: 127,
  fault: "byte format requires -128 <= number <= 127",
  unsignedFirst: false,
  set: (view, offset, value) => view.setInt8(offset, value),
  get: (view, offset) => view.getInt8(offset),
});

export const ubyte: StructCode = narrow({
  size: 1,
  alignment: 1,
  min: 0,
  max: 255,
  fault: "ubyte format requires 0 <= number <= 255",
  unsignedFirst: false,
  set: (view, offset, value) => view.setUint8(offset, value),
  get: (view, offset) => view.getUint8(offset),
});

export function int16(little: boolean, alignment: number): StructCode {
  return narrow({
    size: 2,
    alignment,
    min: -0x8000,
    max: 0x7fff,
    fault: `${little ? "short" : "'h'"} format requires -32768 <= number <= 32767`,
    unsignedFirst: false,
    set: (view, offset, value) => view.setInt16(offset, value, little),
    get: (view, offset) => view.getInt16(offset, little),
  });
}

export function uint16(little: boolean, alignment: number): StructCode {
  return narrow({
    size: 2,
    alignment,
    min: 0,
    max: 0xffff,
    fault: `${little ? "ushort" : "'H'"} format requires 0 <= number <= 65535`,
    unsignedFirst: !little,
    set: (view, offset, value) => view.setUint16(offset, value, little),
    get: (view, offset) => view.getUint16(offset, little),
  });
}

export function int32(name: string, little: boolean, alignment: number): StructCode {
  return narrow({
    size: 4,
    alignment,
    min: -0x80000000,
    max: 0x7fffffff,
    fault: `'${name}' format requires -2147483648 <= number <= 2147483647`,
    unsignedFirst: false,
    set: (view, offset, value) => view.setInt32(offset, value, little),
    get: (view, offset) => view.getInt32(offset, little),
  });
}

export function uint32(name: string, little: boolean, alignment: number): StructCode {
  return narrow({
    size: 4,
    alignment,
    min: 0,
    max: 0xffffffff,
    fault: `'${name}' format requires 0 <= number <= 4294967295`,
    unsignedFirst: true,
    set: (view, offset, value) => view.setUint32(offset, value, little),
    get: (view, offset) => view.getUint32(offset, little),
  });
}

export function int64(little: boolean, alignment: number): StructCode {
  return wide(little, alignment, LONG_MIN, LONG_MAX, little ? outOfRange : intTooLarge);
}

export function uint64(little: boolean, alignment: number): StructCode {
  return wide(little, alignment, 0n, ULONG_MAX, little ? outOfRange : intTooLarge);
}

/** A native pointer: a negative one is stored as its two's complement, and read as unsigned. */
export function pointer(): StructCode {
  return wide(true, 8, LONG_MIN, ULONG_MAX, intTooLarge);
}
