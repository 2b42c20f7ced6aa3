import { CodecError, json } from "@netloom/codec";
import type { CodecErrorCode } from "@netloom/codec";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonFault } from "../src/json-fault.ts";
import { failure } from "./failure.ts";
import { runs } from "./runs.ts";

const codec = json();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("values come back", () => {
  const value = { a: [1, "织网 😀", null, true, { b: "\ud800" }], "[{": '}]\\"' };
  expect(codec.decode(codec.encode(value))).toEqual(value);
  expect(codec.decode(bytes(' {"a" : 1.5e3 , "a":2}\n'))).toEqual({ a: 2 });
});

test.each<[string, string, CodecErrorCode, number | undefined, string]>([
  ["nothing", "", "ERR_CODEC_MALFORMED", 0, "json: the text ends too early at byte 0"],
  ["a missing value", '{"你":}', "ERR_CODEC_MALFORMED", 7, 'json: unexpected "}" at byte 7'],
  ["a comma too many", "[1,]", "ERR_CODEC_MALFORMED", 3, 'json: unexpected "]" at byte 3'],
  ["a missing bracket", '{"a":[1,2}', "ERR_CODEC_MALFORMED", 9, 'json: unexpected "}" at byte 9'],
  ["an open string", '["ab', "ERR_CODEC_MALFORMED", 4, "json: the text ends too early at byte 4"],
  ["a bare key", "{a:1}", "ERR_CODEC_MALFORMED", 1, 'json: unexpected "a" at byte 1'],
  ["a bad number", "[01]", "ERR_CODEC_MALFORMED", 2, 'json: unexpected "1" at byte 2'],
  ["a bad escape", '"\\x"', "ERR_CODEC_MALFORMED", 1, 'json: unexpected "\\\\" at byte 1'],
  ["a control character", '"\t"', "ERR_CODEC_MALFORMED", 1, 'json: unexpected "\\t" at byte 1'],
  ["more than one value", "1 2", "ERR_CODEC_MALFORMED", 2, 'json: unexpected "2" at byte 2'],
  ["a byte order mark", "\ufeff1", "ERR_CODEC_MALFORMED", 0, 'json: unexpected "\ufeff" at byte 0'],
  [
    "a prototype",
    '[{"__proto__":1}]',
    "ERR_CODEC_MALFORMED",
    undefined,
    'json: the message has the key "__proto__"',
  ],
  [
    "one in disguise",
    '{"\\u005f_proto__":1}',
    "ERR_CODEC_MALFORMED",
    undefined,
    'json: the message has the key "__proto__"',
  ],
])("decode refuses %s", (_name, text, code, offset, message) => {
  expect(failure(() => codec.decode(bytes(text)))).toMatchObject({ code, offset, message });
});

test("decode refuses what is not UTF-8", () => {
  expect(failure(() => codec.decode(Uint8Array.of(0x22, 0xff, 0x22)))).toMatchObject({
    code: "ERR_CODEC_MALFORMED",
    offset: 1,
  });
});

test("strings that speak of __proto__ are no keys", () => {
  const value = ["__proto__", '{"__proto__":1}', { a: "\u005f_proto__", __proto: 1 }];
  expect(codec.decode(codec.encode(value))).toEqual(value);
});

test.each<[string, unknown, CodecErrorCode]>([
  ["undefined", undefined, "ERR_CODEC_TYPE"],
  ["a function", () => 1, "ERR_CODEC_TYPE"],
  ["a bigint", [1n], "ERR_CODEC_TYPE"],
  ["a prototype", JSON.parse('{"__proto__":1}'), "ERR_CODEC_TYPE"],
  ["what is too deep", JSON.parse("[".repeat(101) + "]".repeat(101)), "ERR_CODEC_LIMIT"],
])("encode refuses %s", (_name, value, code) => {
  expect(failure(() => codec.encode(value)).code).toBe(code);
});

test("encode refuses a circle", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const error = failure(() => codec.encode(circle));
  expect(error.code).toBe("ERR_CODEC_TYPE");
  expect(error.cause).toBeInstanceOf(TypeError);
});

test("size and depth are limited", () => {
  const small = json({ maxBytes: 6, maxDepth: 2 });
  expect(small.decode(bytes('["["]'))).toEqual(["["]);
  expect(failure(() => small.decode(bytes("[1,2,3]"))).code).toBe("ERR_CODEC_LIMIT");
  expect(failure(() => small.encode([1, 2, 3])).code).toBe("ERR_CODEC_LIMIT");
  expect(failure(() => small.decode(bytes("[[[]]]")))).toMatchObject({
    code: "ERR_CODEC_LIMIT",
    offset: 2,
  });
  expect(failure(() => codec.decode(bytes("[".repeat(1_000_000)))).offset).toBe(100);
});

test("property: values come back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes('"__proto__":'));
      expect(codec.decode(codec.encode(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: runs },
  );
});

test("property: damaged JSON has a place where it goes wrong, sound JSON has none", () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }))
    .map(([text, at, piece]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + piece + text.slice(index + 1);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
      try {
        codec.decode(bytes(text));
        expect(findJsonFault(text)).toBe(text.length);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
        const { message, offset } = error as CodecError;
        if (!/proto|deep/.test(message)) expect(offset).toBeLessThanOrEqual(bytes(text).length);
      }
    }),
    { numRuns: runs },
  );
});
