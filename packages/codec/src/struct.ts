import type { Codec } from "./codec.ts";
import { CodecError } from "./errors.ts";
import type { StructValue } from "./struct-code.ts";
import { parseFormat } from "./struct-format.ts";
import type { StructLayout } from "./struct-format.ts";

/** Memory to read from or write to: a typed array, a DataView or a buffer. */
export type StructMemory = ArrayBufferView | ArrayBufferLike;

/**
 * A format of Python's `struct` module, ready to use. It is a `Codec` too: one message is the array of
 * its values. Values are numbers; bigints for the codes of 64 bits (`q Q`, and native `l L n N P`);
 * booleans for `?`; `Uint8Array` for `c s p`. Packing takes a bigint or a boolean for any number.
 */
export interface Struct extends Codec<StructValue[]> {
  /** The format as it was given. */
  readonly format: string;
  /** Bytes that it packs to. */
  readonly size: number;
  /**
   * The bytes of the values, owned by the caller.
   *
   * @throws CodecError `ERR_CODEC_COUNT`, `ERR_CODEC_TYPE`, `ERR_CODEC_RANGE`; `index` is the bad value.
   */
  pack(...values: StructValue[]): Uint8Array;
  /**
   * Writes the values to `buffer` from byte `offset` on; a negative offset counts from its end. Pad
   * bytes become 0. A call that throws leaves `buffer` as it was.
   *
   * @throws CodecError as `pack`, and `ERR_CODEC_SIZE` when there is no room.
   */
  packInto(buffer: StructMemory, offset: number | bigint, ...values: StructValue[]): void;
  /**
   * The values of exactly `size` bytes. What is returned shares no memory with `bytes`.
   *
   * @throws CodecError `ERR_CODEC_SIZE`
   */
  unpack(bytes: StructMemory): StructValue[];
  /**
   * The values of the `size` bytes from `offset` (default 0) on; a negative offset counts from the end.
   *
   * @throws CodecError `ERR_CODEC_SIZE`
   */
  unpackFrom(bytes: StructMemory, offset?: number | bigint): StructValue[];
  /**
   * The values of each `size` bytes in turn.
   *
   * @throws CodecError `ERR_CODEC_SIZE` at once when the length is not a multiple of `size`.
   */
  iterUnpack(bytes: StructMemory): IterableIterator<StructValue[]>;
  /** `pack` with the values in an array. */
  encode(values: readonly StructValue[]): Uint8Array;
  /** The same as `unpack`. */
  decode(bytes: Uint8Array): StructValue[];
}

/**
 * Compiles a format of Python's `struct` module: an optional byte order (`<` little, `>` and `!` big,
 * `=` little, with standard sizes and no alignment; `@` or none for the sizes and the alignment of a
 * 64-bit little-endian machine), then codes with counts: `x c b B ? h H i I l L q Q e f d s p`, and
 * `n N P` in native formats. Results, errors and their texts are those of CPython 3.11.
 *
 * @throws CodecError `ERR_CODEC_FORMAT`
 * @see https://docs.python.org/3.11/library/struct.html#format-strings
 * @example
 * import { struct } from "@netloom/codec";
 * const header = struct(">HBxI");
 * const bytes = header.pack(0xcafe, 1, 65_536);
 * console.log(header.size, header.unpack(bytes)); // 8 [ 51966, 1, 65536 ]
 */
export function struct(format: string): Struct {
  return new InterpretedStruct(format);
}

// Records are written here and copied out: engines keep a short array that is a copy on their own heap,
// which costs a tenth of one whose buffer was touched. Packing calls nobody, so it cannot be re-entered.
const scratch = new Uint8Array(4096);
const scratchView = new DataView(scratch.buffer);

class InterpretedStruct implements Struct {
  readonly format: string;
  readonly size: number;
  readonly #layout: StructLayout;

  constructor(format: string) {
    this.#layout = parseFormat(format);
    this.format = format;
    this.size = this.#layout.size;
  }

  pack(...values: StructValue[]): Uint8Array {
    return this.#packValues("pack", values);
  }

  encode(values: readonly StructValue[]): Uint8Array {
    return this.#packValues("pack", values);
  }

  packInto(buffer: StructMemory, offset: number | bigint, ...values: StructValue[]): void {
    this.#checkCount("pack_into", values.length);
    const view = viewOf(buffer);
    const start = this.#start(view.byteLength, offset, "pack_into");
    // Packed apart and then copied: a bad value must not leave half a record behind.
    const packed = this.#packValues("pack_into", values);
    new Uint8Array(view.buffer, view.byteOffset + start, this.size).set(packed);
  }

  unpack(bytes: StructMemory): StructValue[] {
    const view = viewOf(bytes);
    if (view.byteLength !== this.size) {
      this.#fail("ERR_CODEC_SIZE", `unpack requires a buffer of ${this.size} bytes`);
    }
    return this.#readValues(view, 0);
  }

  decode(bytes: Uint8Array): StructValue[] {
    return this.unpack(bytes);
  }

  unpackFrom(bytes: StructMemory, offset: number | bigint = 0): StructValue[] {
    const view = viewOf(bytes);
    return this.#readValues(view, this.#start(view.byteLength, offset, "unpack_from"));
  }

  iterUnpack(bytes: StructMemory): IterableIterator<StructValue[]> {
    if (this.size === 0) {
      this.#fail("ERR_CODEC_SIZE", "cannot iteratively unpack with a struct of length 0");
    }
    const view = viewOf(bytes);
    if (view.byteLength % this.size !== 0) {
      this.#fail(
        "ERR_CODEC_SIZE",
        `iterative unpacking requires a buffer of a multiple of ${this.size} bytes`,
      );
    }
    return this.#records(view);
  }

  *#records(view: DataView): IterableIterator<StructValue[]> {
    for (let offset = 0; offset < view.byteLength; offset += this.size) {
      yield this.#readValues(view, offset);
    }
  }

  #checkCount(operation: string, got: number): void {
    const { count } = this.#layout;
    if (got !== count) {
      this.#fail(
        "ERR_CODEC_COUNT",
        `${operation} expected ${count} items for packing (got ${got})`,
      );
    }
  }

  #packValues(operation: string, values: readonly StructValue[]): Uint8Array {
    this.#checkCount(operation, values.length);
    const isSmall = this.size <= scratch.length;
    const bytes = isSmall ? scratch.fill(0, 0, this.size) : allocate(this.size, this.format);
    const view = isSmall ? scratchView : new DataView(bytes.buffer);
    let index = 0;
    for (const { code, offset, count, length } of this.#layout.fields) {
      for (let i = 0, at = offset; i < count; i++, at += length) {
        const fault = code.write(view, at, values[index], length);
        if (fault) {
          throw new CodecError(fault.code, fault.message, { format: this.format, index });
        }
        index++;
      }
    }
    return isSmall ? scratch.slice(0, this.size) : bytes;
  }

  #readValues(view: DataView, start: number): StructValue[] {
    const values: StructValue[] = [];
    for (const { code, offset, count, length } of this.#layout.fields) {
      for (let i = 0, at = start + offset; i < count; i++, at += length) {
        values.push(code.read(view, at, length));
      }
    }
    return values;
  }

  /** Where a record starts in memory of `length` bytes, with CPython's checks in CPython's order. */
  #start(length: number, offset: number | bigint, operation: "pack_into" | "unpack_from"): number {
    if (typeof offset !== "bigint" && !Number.isInteger(offset)) {
      this.#fail("ERR_CODEC_TYPE", `an offset is an integer, not ${String(offset)}`);
    }
    // Exact at any size: Python's offsets run to 2^63, and they stand in the messages.
    const given = BigInt(offset);
    const bytes = BigInt(length);
    const size = BigInt(this.size);
    const packing = operation === "pack_into";
    if (given < 0n && given + size > 0n) {
      this.#fail(
        "ERR_CODEC_SIZE",
        packing
          ? `no space to pack ${size} bytes at offset ${given}`
          : `not enough data to unpack ${size} bytes at offset ${given}`,
      );
    }
    if (given < 0n && given + bytes < 0n) {
      this.#fail("ERR_CODEC_SIZE", `offset ${given} out of range for ${bytes}-byte buffer`);
    }
    const start = given < 0n ? given + bytes : given;
    if (bytes - start < size) {
      this.#fail(
        "ERR_CODEC_SIZE",
        `${operation} requires a buffer of at least ${size + start} bytes for ` +
          `${packing ? "packing" : "unpacking"} ${size} bytes at offset ${start} ` +
          `(actual buffer size is ${bytes})`,
      );
    }
    return Number(start);
  }

  #fail(code: CodecError["code"], message: string): never {
    throw new CodecError(code, message, { format: this.format });
  }
}

function viewOf(memory: StructMemory): DataView {
  if (ArrayBuffer.isView(memory)) {
    return new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  }
  try {
    return new DataView(memory);
  } catch (cause) {
    const got = memory === null ? "null" : typeof memory;
    const message = `a bytes-like object is required, not ${got}`;
    throw new CodecError("ERR_CODEC_TYPE", message, { cause });
  }
}

function allocate(size: number, format: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    const message = `cannot allocate ${size} bytes`;
    throw new CodecError("ERR_CODEC_LIMIT", message, { format, cause });
  }
}
