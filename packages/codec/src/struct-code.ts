import type { CodecErrorCode } from "./errors.ts";

/** A value of a struct field. */
export type StructValue = number | bigint | boolean | Uint8Array;

/** Why a value cannot be written. */
export interface ValueFault {
  readonly code: CodecErrorCode;
  readonly message: string;
}

/** One format character under one byte order. */
export interface StructCode {
  readonly size: number;
  /** Bytes that its offset is a multiple of; 0 and 1 mean any. */
  readonly alignment: number;
  /** Checks and writes one value of `length` bytes at `offset`. */
  write(view: DataView, offset: number, value: unknown, length: number): ValueFault | undefined;
  read(view: DataView, offset: number, length: number): StructValue;
}

export type StructCodeTable = Readonly<Record<string, StructCode>>;

export function typeFault(message: string): ValueFault {
  return { code: "ERR_CODEC_TYPE", message };
}

export function rangeFault(message: string): ValueFault {
  return { code: "ERR_CODEC_RANGE", message };
}

/** The fault of an integer that fits neither its code nor what CPython converts it to first. */
export const outOfRange: ValueFault = rangeFault("argument out of range");
/** The fault of an integer that CPython converts without such a step. */
export const intTooLarge: ValueFault = rangeFault("int too large to convert");
