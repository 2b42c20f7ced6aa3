import { decodeText, encodeText, encodings } from "@netloom/codec";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { failure } from "./failure.ts";
import { runs } from "./runs.ts";

test("says which character has no bytes", () => {
  expect(failure(() => encodeText("5 €", "gbk"))).toMatchObject({
    code: "ERR_CODEC_UNENCODABLE",
    message:
      "'gbk' codec can't encode character '\\u20ac' in position 2: illegal multibyte sequence",
    offset: 2,
    end: 3,
  });
  expect(failure(() => encodeText("你😀", "gbk"))).toMatchObject({ offset: 1, end: 3 });
  expect(failure(() => encodeText("a\ud800\udbff", "utf-8"))).toMatchObject({
    message: "'utf-8' codec can't encode characters in position 1-2: surrogates not allowed",
    offset: 1,
    end: 3,
  });
});

test("replaces and leaves out", () => {
  expect(encodeText("😀a\ud800", "gbk", { errors: "replace" })).toEqual(Uint8Array.of(63, 97, 63));
  expect(encodeText("😀a\ud800", "gbk", { errors: "ignore" })).toEqual(Uint8Array.of(97));
  expect(encodeText("a\ud800", "utf-8", { errors: "replace" })).toEqual(Uint8Array.of(97, 63));
  expect(encodeText("a\ud800", "utf-8", { errors: "ignore" })).toEqual(Uint8Array.of(97));
});

test.each(encodings)("property: texts come back from %s", (encoding) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (given) => {
      const encodable = decodeText(encodeText(given, encoding, { errors: "ignore" }), encoding);
      expect(decodeText(encodeText(encodable, encoding), encoding)).toBe(encodable);
      if (encoding === "utf-8") expect(encodable).toBe(given);
    }),
    { numRuns: runs },
  );
});
