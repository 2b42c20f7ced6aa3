import { CodecError, msgpack } from "@netloom/codec";
import type { CodecErrorCode } from "@netloom/codec";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failure } from "./failure.ts";
import { fromHex, toHex } from "./vectors.ts";
import { runs } from "./runs.ts";

const codec = msgpack();

describe("values", () => {
  test.each([
    ["nothing", null],
    ["booleans", [true, false]],
    [
      "numbers",
      [0, 1, -1, 127, 128, -32, -33, 65_536, 2 ** 31, -(2 ** 31), 2 ** 53, 1.5, NaN, -Infinity],
    ],
    ["bigints", [0n, 5n, -(2n ** 63n), 2n ** 64n - 1n]],
    ["texts", ["", "loom", "织网 😀", "x".repeat(70_000), "织".repeat(100)]],
    ["bytes", [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(70_000)]],
    [
      "dates",
      [
        new Date(0),
        new Date(5),
        new Date(1_700_000_000_123),
        new Date(-1),
        new Date(-8.64e15),
        new Date(8.64e15 - 1),
        new Date(8.64e15),
      ],
    ],
    [
      "nested",
      { a: [{ b: [] }, {}], "": { "a b": [[]] }, constructor: 1, toString: 2, hasOwnProperty: 3 },
    ],
    ["large maps", Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, i]))],
  ])("%s come back as they were", (_name, value) => {
    expect(codec.decode(codec.encode(value))).toEqual(value);
  });

  test("are what other implementations write", () => {
    expect(toHex(codec.encode({ a: 1, b: "é", c: Uint8Array.of(9) }))).toBe(
      "83a16101a162a2c3a9a163c40109",
    );
    expect(codec.decode(fromHex("93cd0100cf0000000000000001ca3fc00000"))).toEqual([256, 1n, 1.5]);
    expect(codec.decode(fromHex("82010a ff0b".replace(" ", "")))).toEqual({ "1": 10, "-1": 11 });
  });

  test("leave out properties that are undefined", () => {
    expect(codec.decode(codec.encode({ a: undefined, b: null }))).toEqual({ b: null });
  });

  test("are bytes of their own", () => {
    const bytes = codec.encode({ data: Uint8Array.of(1, 2, 3) });
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
    const before = toHex(bytes);
    codec.encode({ another: "message" });
    expect(toHex(bytes)).toBe(before);
    const source = Buffer.from(bytes);
    const { data } = codec.decode(source) as { data: Uint8Array };
    source.fill(0);
    expect(data).toEqual(Uint8Array.of(1, 2, 3));
    expect(data.constructor).toBe(Uint8Array);
    expect(Object.keys(source)).toHaveLength(source.length);
  });

  test("are read from a view into larger memory", () => {
    const inner = codec.encode(["a", 1.5]);
    const outer = new Uint8Array(inner.length + 7);
    outer.set(inner, 3);
    expect(codec.decode(outer.subarray(3, 3 + inner.length))).toEqual(["a", 1.5]);
  });
});

describe("encode refuses", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  class Point {
    x = 1;
  }
  test.each<[string, unknown, CodecErrorCode, string]>([
    ["undefined", undefined, "ERR_CODEC_TYPE", "undefined cannot be encoded"],
    ["a hole", { a: [1, undefined] }, "ERR_CODEC_TYPE", "undefined at .a[1] cannot be encoded"],
    ["a function", { f: () => 1 }, "ERR_CODEC_TYPE", "a function at .f cannot be encoded"],
    ["a symbol", [Symbol.iterator], "ERR_CODEC_TYPE", "a symbol at [0] cannot be encoded"],
    ["a Map", new Map(), "ERR_CODEC_TYPE", "an instance of Map cannot be encoded"],
    ["a Set", [new Set()], "ERR_CODEC_TYPE", "an instance of Set at [0] cannot be encoded"],
    ["an error", new Error("x"), "ERR_CODEC_TYPE", "an instance of Error cannot be encoded"],
    ["a class instance", new Point(), "ERR_CODEC_TYPE", "an instance of Point cannot be encoded"],
    [
      "wider arrays",
      new Uint16Array(1),
      "ERR_CODEC_TYPE",
      "an instance of Uint16Array cannot be encoded",
    ],
    [
      "a DataView",
      new DataView(new ArrayBuffer(1)),
      "ERR_CODEC_TYPE",
      "an instance of DataView cannot be encoded",
    ],
    [
      "a buffer",
      new ArrayBuffer(1),
      "ERR_CODEC_TYPE",
      "an instance of ArrayBuffer cannot be encoded",
    ],
    ["an invalid date", new Date(NaN), "ERR_CODEC_RANGE", "an invalid Date cannot be encoded"],
    ["a large bigint", 2n ** 64n, "ERR_CODEC_RANGE", "an integer of more than 64 bits"],
    ["half a pair", "a\ud800", "ERR_CODEC_UNENCODABLE", "a string with half a surrogate pair"],
    ["half a pair in a key", { "\udc00": 1 }, "ERR_CODEC_UNENCODABLE", "a key with half"],
    ["a circle", circle, "ERR_CODEC_LIMIT", "what is nested too deep (or in a circle) at [0][0]"],
    ["a prototype", JSON.parse('{"__proto__":1}'), "ERR_CODEC_TYPE", 'the key "__proto__"'],
  ])("%s", (_name, value, code, message) => {
    const error = failure(() => codec.encode(value));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`msgpack: ${message}`);
  });

  test("what is larger or deeper than its limits", () => {
    const small = msgpack({ maxBytes: 4, maxDepth: 2 });
    expect(small.encode([[1]])).toHaveLength(3);
    expect(failure(() => small.encode("abcd")).code).toBe("ERR_CODEC_LIMIT");
    expect(failure(() => small.encode([[[]]])).code).toBe("ERR_CODEC_LIMIT");
  });
});

describe("decode refuses", () => {
  test.each<[string, string, CodecErrorCode, number, string]>([
    ["nothing", "", "ERR_CODEC_MALFORMED", 0, "the message ends too early"],
    ["what is cut off", "92a3616263", "ERR_CODEC_MALFORMED", 5, "the message ends too early"],
    ["a cut string", "91a36162", "ERR_CODEC_MALFORMED", 1, "bytes missing: 1, in what starts"],
    ["a cut length", "c6ffff", "ERR_CODEC_MALFORMED", 0, "bytes missing: 2"],
    [
      "4 GiB that are not there",
      "dbffffffff",
      "ERR_CODEC_MALFORMED",
      0,
      "bytes missing: 4294967295",
    ],
    ["items that are not there", "ddffffffff00", "ERR_CODEC_MALFORMED", 6, "the message ends"],
    [
      "bytes after the message",
      "0102",
      "ERR_CODEC_MALFORMED",
      1,
      "bytes left after the message: 1",
    ],
    ["the byte c1", "91c1", "ERR_CODEC_MALFORMED", 1, "0xc1 stands for nothing"],
    ["a prototype key", "81a95f5f70726f746f5f5f01", "ERR_CODEC_MALFORMED", 1, 'key "__proto__"'],
    ["its longer form", "81d9095f5f70726f746f5f5f01", "ERR_CODEC_MALFORMED", 1, 'key "__proto__"'],
    ["its longest form", "81db000000095f5f70726f746f5f5f01", "ERR_CODEC_MALFORMED", 1, "__proto__"],
    ["a null key", "81c001", "ERR_CODEC_MALFORMED", 1, "no string and no number"],
    ["an array as a key", "819001", "ERR_CODEC_MALFORMED", 1, "no string and no number"],
    ["text that is not UTF-8", "91a261ff", "ERR_CODEC_MALFORMED", 3, "not UTF-8"],
    [
      "a regular expression",
      "d47800 92a1 61a0".replaceAll(" ", ""),
      "ERR_CODEC_MALFORMED",
      0,
      "extension type 120",
    ],
    [
      "a record",
      "d47240 91a161 01".replaceAll(" ", ""),
      "ERR_CODEC_MALFORMED",
      0,
      "extension type 114",
    ],
    ["undefined's extension", "91d40000", "ERR_CODEC_MALFORMED", 1, "extension type 0"],
    ["a timestamp of 1 byte", "d4ffff", "ERR_CODEC_MALFORMED", 0, "a timestamp of length 1"],
    [
      "a timestamp out of range",
      "c70cff3b9aca000000000000000000",
      "ERR_CODEC_MALFORMED",
      0,
      "out of range",
    ],
    [
      "a timestamp after the last Date",
      "c70cff00000001000007dba8218000",
      "ERR_CODEC_MALFORMED",
      0,
      "out of range",
    ],
  ])("%s", (_name, hex, code, offset, message) => {
    const error = failure(() => codec.decode(fromHex(hex)));
    expect(error).toMatchObject({ code, offset });
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^msgpack: .* at byte \d+$/);
  });

  test("what is larger or deeper than its limits", () => {
    const small = msgpack({ maxBytes: 4, maxDepth: 2 });
    expect(small.decode(fromHex("919101"))).toEqual([[1]]);
    expect(failure(() => small.decode(fromHex("9491919101"))).code).toBe("ERR_CODEC_LIMIT");
    expect(failure(() => small.decode(fromHex("919190")))).toMatchObject({
      code: "ERR_CODEC_LIMIT",
      offset: 2,
    });
    const deep = new Uint8Array(1_000_000).fill(0x91);
    expect(failure(() => codec.decode(deep))).toMatchObject({
      code: "ERR_CODEC_LIMIT",
      offset: 100,
    });
  });

  test("but not a value that only looks like a prototype key", () => {
    for (const value of [
      ["__proto__"],
      { a: "__proto__" },
      { ["x__proto__"]: 1 },
      { ["y__proto__z"]: 1 },
    ]) {
      expect(codec.decode(codec.encode(value))).toEqual(value);
    }
    expect(codec.decode(fromHex("81a95f5f70726f746f5f5a01"))).toEqual({ __proto_Z: 1 });
  });
});

test.each([
  [{ maxBytes: 0 }, "maxBytes is an integer from 1 to 4294967295, not 0"],
  [{ maxBytes: 1.5 }, "maxBytes is an integer from 1 to 4294967295, not 1.5"],
  [{ maxDepth: 1001 }, "maxDepth is an integer from 1 to 1000, not 1001"],
])("options out of bounds are refused: %j", (options, message) => {
  expect(failure(() => msgpack(options))).toMatchObject({ code: "ERR_CODEC_OPTION", message });
});

const value = fc.anything({
  key: fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__"),
  values: [
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double().map((number) => (number === 0 ? 0 : number)), // -0 becomes 0
    fc.string({ unit: "grapheme" }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.uint8Array(),
    fc.date({ noInvalidDate: true }),
  ],
  maxDepth: 5,
});

test("property: values come back as they were", () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(codec.decode(codec.encode(given))).toEqual(given);
    }),
    { numRuns: runs },
  );
});

test("property: anything is encoded so that it can be decoded, or refused", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withUnicodeString: true,
  });
  fc.assert(
    fc.property(anything, (given) => {
      let bytes: Uint8Array;
      try {
        bytes = codec.encode(given);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
        return;
      }
      codec.decode(bytes);
    }),
    { numRuns: runs },
  );
});

test("property: random and damaged bytes are values or a CodecError", () => {
  const damaged = fc
    .tuple(value, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))), fc.nat())
    .map(([given, changes, cut]) => {
      const bytes = codec.encode(given);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes.subarray(0, bytes.length - (cut % bytes.length));
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
      try {
        codec.decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
        // Everything that msgpackr would refuse has been found before it is asked.
        expect((error as CodecError).cause).toBeUndefined();
      }
    }),
    { numRuns: runs * 5 },
  );
});

test("property: every beginning of a message is too short", () => {
  fc.assert(
    fc.property(value, fc.nat(), (given, at) => {
      const bytes = codec.encode(given);
      const cut = bytes.subarray(0, at % bytes.length);
      expect(failure(() => codec.decode(cut)).code).toBe("ERR_CODEC_MALFORMED");
    }),
    { numRuns: runs },
  );
});
