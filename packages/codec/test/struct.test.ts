import {
  CodecError,
  calcsize,
  iterUnpack,
  pack,
  packInto,
  struct,
  unpack,
  unpackFrom,
} from "@netloom/codec";
import type { Codec, CodecErrorCode, StructValue } from "@netloom/codec";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failure } from "./failure.ts";
import { runs } from "./runs.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a format", () => {
  test("has standard sizes and no alignment after a byte order", () => {
    expect(["<", "=", ">", "!"].map((order) => calcsize(`${order}bhilqefd?3s2p`))).toEqual([
      39, 39, 39, 39,
    ]);
    expect(calcsize("<bi")).toBe(5);
  });

  test("has the sizes and the alignment of a 64-bit machine without one", () => {
    expect(["bi", "@bi", "b0i", "bq", "l", "n", "P"].map(calcsize)).toEqual([8, 8, 4, 16, 8, 8, 8]);
  });

  test.each(["<n", ">N", "=P", "!P"])("%s is refused: these codes are native only", (format) => {
    expect(failure(() => struct(format))).toMatchObject({
      code: "ERR_CODEC_FORMAT",
      message: "bad char in struct format",
      format,
    });
  });

  test.each([
    ["3", "repeat count given without format specifier"],
    ["3 i", "bad char in struct format"],
    ["i<", "bad char in struct format"],
    ["i\0", "embedded null character"],
    ["é", "'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"],
    ["i€€", "'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)"],
    ["9223372036854775808s", "total struct size too long"],
    ["9007199254740991s1s", "total struct size too long"],
    ["constructor", "bad char in struct format"],
  ])("%j is refused: %s", (format, message) => {
    expect(failure(() => calcsize(format))).toMatchObject({ code: "ERR_CODEC_FORMAT", message });
  });

  test("is a string", () => {
    expect(failure(() => struct(7 as unknown as string)).code).toBe("ERR_CODEC_TYPE");
  });

  test("may describe more than there is memory for", () => {
    const huge = struct("9007199254740991x");
    expect(huge.size).toBe(Number.MAX_SAFE_INTEGER);
    expect(failure(() => huge.pack()).code).toBe("ERR_CODEC_LIMIT");
  });
});

describe("values", () => {
  test("of 64 bits are bigints, narrower ones numbers, strings bytes", () => {
    const types = (format: string): string[] =>
      unpack(format, new Uint8Array(calcsize(format))).map((value) =>
        value instanceof Uint8Array ? "bytes" : typeof value,
      );
    expect(types("<bBhHiIlL")).toEqual(Array(8).fill("number"));
    expect(types("<qQ")).toEqual(["bigint", "bigint"]);
    expect(types("@lLqQnNP")).toEqual(Array(7).fill("bigint"));
    expect(types("<efd?")).toEqual(["number", "number", "number", "boolean"]);
    expect(types("<csp")).toEqual(["bytes", "bytes", "bytes"]);
  });

  test("that are unpacked share no memory with the bytes", () => {
    const source = Uint8Array.from([1, 97, 98, 99, 1, 2]);
    const values = unpack("<c3s2p", source);
    source.fill(0);
    expect(values).toEqual([Uint8Array.of(1), bytes("abc"), Uint8Array.of(2)]);
    const fromBuffer = unpack("<2s", Buffer.from("hi"));
    expect(fromBuffer[0]?.constructor).toBe(Uint8Array);
  });

  test("that are strings are cut and padded", () => {
    expect(pack("<3s", bytes("abcdef"))).toEqual(bytes("abc"));
    expect(pack("<3s", bytes("a"))).toEqual(Uint8Array.of(97, 0, 0));
    expect(pack("<3p", bytes("abcdef"))).toEqual(Uint8Array.of(2, 97, 98));
    expect(pack("<0s", bytes("a"))).toHaveLength(0);
  });

  test.each<[string, StructValue[], CodecErrorCode, number, string]>([
    ["<hb", [1, 128], "ERR_CODEC_RANGE", 1, "byte format requires -128 <= number <= 127"],
    [">H", [65_536], "ERR_CODEC_RANGE", 0, "'H' format requires 0 <= number <= 65535"],
    ["<q", [2n ** 63n], "ERR_CODEC_RANGE", 0, "argument out of range"],
    [">q", [2n ** 63n], "ERR_CODEC_RANGE", 0, "int too large to convert"],
    ["<i", [1.5], "ERR_CODEC_TYPE", 0, "required argument is not an integer"],
    ["<i", [NaN], "ERR_CODEC_TYPE", 0, "required argument is not an integer"],
    ["<f", [1e300], "ERR_CODEC_RANGE", 0, "float too large to pack with f format"],
    ["<f", [10n ** 40n], "ERR_CODEC_RANGE", 0, "int too large to convert"],
    [
      "<2sc",
      [bytes("ab"), bytes("cd")],
      "ERR_CODEC_TYPE",
      1,
      "char format requires a bytes object of length 1",
    ],
    [
      "<s",
      ["a" as unknown as Uint8Array],
      "ERR_CODEC_TYPE",
      0,
      "argument for 's' must be a bytes object",
    ],
  ])("%s refuses %s with %s at value %i", (format, values, code, index, message) => {
    expect(failure(() => pack(format, ...values))).toMatchObject({ code, index, format, message });
  });

  test("are counted", () => {
    expect(failure(() => pack("<2h", 1))).toMatchObject({
      code: "ERR_CODEC_COUNT",
      message: "pack expected 2 items for packing (got 1)",
    });
  });

  test("of a native float too large are infinite, as a cast in C makes them", () => {
    expect(unpack("@f", pack("@f", 1e300))).toEqual([Infinity]);
  });
});

describe("memory", () => {
  test("is written and read at an offset, from the end when negative", () => {
    const memory = new Uint8Array(8).fill(0xaa);
    packInto(">xH", memory, 2, 0x0102);
    expect(memory).toEqual(Uint8Array.of(0xaa, 0xaa, 0, 1, 2, 0xaa, 0xaa, 0xaa));
    packInto(">H", memory, -2, 0x0304);
    expect(unpackFrom(">H", memory, -2)).toEqual([0x0304]);
    expect(unpackFrom(">H", memory, 3n)).toEqual([0x0102]);
    expect(unpackFrom(">H", memory)).toEqual([0xaaaa]);
  });

  test("stays as it was when a value is refused", () => {
    const memory = new Uint8Array(4).fill(0xaa);
    expect(failure(() => packInto("<BB", memory, 1, 7, 256)).index).toBe(1);
    expect(memory).toEqual(new Uint8Array(4).fill(0xaa));
  });

  test("may be any typed array, DataView or buffer", () => {
    const buffer = Uint8Array.of(0, 0, 1, 2, 3, 4).buffer;
    expect(unpack(">HI", buffer)).toEqual([0, 0x01020304]);
    expect(unpack(">I", new DataView(buffer, 2))).toEqual([0x01020304]);
    expect(unpack(">HH", new Uint16Array(buffer, 2, 2))).toEqual([0x0102, 0x0304]);
    expect(unpack(">I", new Uint8Array(buffer).subarray(2))).toEqual([0x01020304]);
    const shared = new SharedArrayBuffer(2);
    packInto(">H", shared, 0, 513);
    expect(unpack(">H", shared)).toEqual([513]);
  });

  test.each([null, "ab", 7, {}])("is not %j", (value) => {
    const memory = value as unknown as Uint8Array;
    expect(failure(() => unpack("<H", memory)).code).toBe("ERR_CODEC_TYPE");
    expect(failure(() => unpackFrom("<H", memory)).code).toBe("ERR_CODEC_TYPE");
    expect(failure(() => packInto("<H", memory, 0, 1)).code).toBe("ERR_CODEC_TYPE");
  });

  test("that was given away is too small, not a crash", () => {
    const { buffer } = new Uint8Array(2);
    structuredClone(buffer, { transfer: [buffer] });
    expect(() => unpack("<H", buffer)).toThrow(CodecError);
  });

  test("offsets are integers", () => {
    expect(failure(() => unpackFrom("<H", new Uint8Array(4), 0.5)).code).toBe("ERR_CODEC_TYPE");
    expect(failure(() => unpackFrom("<H", new Uint8Array(4), NaN)).code).toBe("ERR_CODEC_TYPE");
  });

  test("is read record by record", () => {
    const records = iterUnpack(">BB", Uint8Array.of(1, 2, 3, 4));
    expect(records.next().value).toEqual([1, 2]);
    expect([...records]).toEqual([[3, 4]]);
    expect(failure(() => iterUnpack(">BB", Uint8Array.of(1))).code).toBe("ERR_CODEC_SIZE");
    expect(failure(() => iterUnpack("", new Uint8Array(0))).code).toBe("ERR_CODEC_SIZE");
  });
});

test("a struct is a codec of arrays", () => {
  const point: Codec<StructValue[]> = struct("<hh");
  expect(point.decode(point.encode([1, -2]))).toEqual([1, -2]);
  expect(failure(() => point.decode(new Uint8Array(3)))).toMatchObject({
    code: "ERR_CODEC_SIZE",
    message: "unpack requires a buffer of 4 bytes",
    format: "<hh",
  });
});

test("more formats than the cache holds still work", () => {
  for (let i = 0; i < 250; i++) expect(calcsize(`<${i}s`)).toBe(i);
  expect(calcsize("<7s")).toBe(7);
});

const integer = (min: bigint, max: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min, max });
const valueOf: Record<string, fc.Arbitrary<StructValue>> = {
  b: integer(-128n, 127n).map(Number),
  B: integer(0n, 255n).map(Number),
  "?": fc.boolean(),
  h: integer(-32768n, 32767n).map(Number),
  H: integer(0n, 65535n).map(Number),
  i: integer(-(2n ** 31n), 2n ** 31n - 1n).map(Number),
  I: integer(0n, 2n ** 32n - 1n).map(Number),
  q: integer(-(2n ** 63n), 2n ** 63n - 1n),
  Q: integer(0n, 2n ** 64n - 1n),
  f: fc.float(),
  d: fc.double(),
  c: fc.uint8Array({ minLength: 1, maxLength: 1 }),
};

test("property: what is packed is unpacked", () => {
  const field = fc.constantFrom(...Object.keys(valueOf));
  const fields = fc.array(
    field.chain((code) => fc.tuple(fc.constant(code), valueOf[code] ?? fc.boolean())),
  );
  fc.assert(
    fc.property(fc.constantFrom("<", ">", "!", "=", "@", ""), fields, (order, items) => {
      const format = order + items.map(([code]) => code).join(" ");
      const values = items.map(([, value]) => value);
      const packed = pack(format, ...values);
      expect(packed.length).toBe(calcsize(format));
      expect(unpack(format, packed)).toEqual(values);
    }),
    { numRuns: runs },
  );
});

test("property: any format and any bytes give values or a CodecError", () => {
  const format = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."<>!=@xcbB?hHiIlLqQnNefdspP 0123") }),
    fc.string(),
  );
  const outcome = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      expect(error).toBeInstanceOf(CodecError);
    }
  };
  fc.assert(
    fc.property(format, fc.uint8Array(), fc.integer(), fc.array(fc.anything()), (f, b, o, v) => {
      outcome(() => unpack(f, b));
      outcome(() => unpackFrom(f, b, o));
      outcome(() => [...iterUnpack(f, b)]);
      const size = failureOr(() => calcsize(f));
      // Counts in random formats may ask for terabytes.
      if (size !== undefined && size < 1e6) outcome(() => pack(f, ...(v as StructValue[])));
    }),
    { numRuns: runs },
  );
});

function failureOr<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
