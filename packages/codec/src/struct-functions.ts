import { struct } from "./struct.ts";
import type { Struct, StructMemory } from "./struct.ts";
import type { StructValue } from "./struct-code.ts";

// As CPython's: a hundred compiled formats, all dropped when one more comes. Formats are nearly always
// literals, so a cache of this size holds them all, and one that a peer could fill stays small.
const maxCached = 100;
const cache = new Map<string, Struct>();

function compiled(format: string): Struct {
  const known = cache.get(format);
  if (known) return known;
  const made = struct(format);
  if (cache.size >= maxCached) cache.clear();
  cache.set(format, made);
  return made;
}

/**
 * Bytes that a format packs to.
 *
 * @throws CodecError `ERR_CODEC_FORMAT`
 * @example
 * import { calcsize } from "@netloom/codec";
 * console.log(calcsize("<i4sf")); // 12
 */
export function calcsize(format: string): number {
  return compiled(format).size;
}

/** `struct(format).pack(...values)`. */
export function pack(format: string, ...values: StructValue[]): Uint8Array {
  return compiled(format).pack(...values);
}

/** `struct(format).packInto(buffer, offset, ...values)`. */
export function packInto(
  format: string,
  buffer: StructMemory,
  offset: number | bigint,
  ...values: StructValue[]
): void {
  compiled(format).packInto(buffer, offset, ...values);
}

/** `struct(format).unpack(bytes)`. */
export function unpack(format: string, bytes: StructMemory): StructValue[] {
  return compiled(format).unpack(bytes);
}

/** `struct(format).unpackFrom(bytes, offset)`. */
export function unpackFrom(
  format: string,
  bytes: StructMemory,
  offset?: number | bigint,
): StructValue[] {
  return compiled(format).unpackFrom(bytes, offset);
}

/** `struct(format).iterUnpack(bytes)`. */
export function iterUnpack(format: string, bytes: StructMemory): IterableIterator<StructValue[]> {
  return compiled(format).iterUnpack(bytes);
}
