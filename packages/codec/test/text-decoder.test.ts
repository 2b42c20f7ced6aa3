import { CodecError, decodeText, encodeText, encodings, textDecoder } from "@netloom/codec";
import type { TextErrors } from "@netloom/codec";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { failure } from "./failure.ts";
import { runs } from "./runs.ts";

const policies: readonly TextErrors[] = ["strict", "replace", "ignore"];

test("keeps a character that a chunk cuts", () => {
  const utf8 = textDecoder("utf-8");
  const bytes = encodeText("你😀", "utf-8");
  expect([...bytes].map((byte) => utf8.decode(Uint8Array.of(byte)))).toEqual([
    "",
    "",
    "你",
    "",
    "",
    "",
    "😀",
  ]);
  expect(utf8.end()).toBe("");
  expect(utf8.encoding).toBe("utf-8");
});

test("does not keep the chunk itself", () => {
  const decoder = textDecoder("gbk");
  const chunk = Uint8Array.of(0x61, 0xc4);
  expect(decoder.decode(chunk)).toBe("a");
  chunk.fill(0x62);
  expect(decoder.decode(Uint8Array.of(0xe3))).toBe("你");
  const buffer = Buffer.from([0xc4]);
  decoder.decode(buffer);
  buffer.fill(0x62);
  expect(decoder.decode(Uint8Array.of(0xe3))).toBe("你");
});

test("counts positions from the start of the input and stays failed", () => {
  const decoder = textDecoder("utf-8");
  decoder.decode(encodeText("abc你", "utf-8"));
  decoder.decode(Uint8Array.of(0xe4));
  const first = failure(() => decoder.decode(Uint8Array.of(0x61)));
  expect(first).toMatchObject({ offset: 6, end: 7 });
  expect(failure(() => decoder.decode(Uint8Array.of(0x61)))).toBe(first);
  expect(failure(() => decoder.end())).toBe(first);
});

test("has an end", () => {
  for (const [errors, rest] of [
    ["replace", "\ufffd"],
    ["ignore", ""],
  ] as const) {
    const decoder = textDecoder("gbk", { errors });
    expect(decoder.decode(Uint8Array.of(0xc4)) + decoder.end()).toBe(rest);
    expect(failure(() => decoder.decode(Uint8Array.of(0x61))).code).toBe("ERR_CODEC_ENDED");
  }
  const strict = textDecoder("gbk");
  strict.decode(Uint8Array.of(0x61, 0xc4));
  expect(failure(() => strict.end())).toMatchObject({ code: "ERR_CODEC_MALFORMED", offset: 1 });
});

/** Bytes that are often nearly text: pieces of both encodings, and noise. */
const nearlyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme" }).map((piece) => new TextEncoder().encode(piece)),
      fc
        .string({ unit: fc.constantFrom(..."你好织网，。a b") })
        .map((piece) => encodeText(piece, "gbk")),
      fc.uint8Array({ maxLength: 6 }),
    ),
  )
  .map((pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece])));

test.each(encodings)("property: %s decodes the same in pieces as at once", (encoding) => {
  const cuts = fc.array(fc.nat({ max: 100 }), { maxLength: 8 });
  fc.assert(
    fc.property(nearlyText, cuts, fc.constantFrom(...policies), (bytes, at, errors) => {
      const outcome = (work: () => string): unknown => {
        try {
          return work();
        } catch (error) {
          const { message, offset, end } = error as CodecError;
          expect(error).toBeInstanceOf(CodecError);
          return { message, offset, end };
        }
      };
      const inPieces = outcome(() => {
        const decoder = textDecoder(encoding, { errors });
        const points = [0, ...at.toSorted((a, b) => a - b), bytes.length];
        const pieces = points.map((point, i) => bytes.subarray(points[i - 1] ?? 0, point));
        // Points beyond the end make empty pieces; the last point brings what is left.
        return pieces.map((piece) => decoder.decode(piece)).join("") + decoder.end();
      });
      expect(inPieces).toEqual(outcome(() => decodeText(bytes, encoding, { errors })));
    }),
    { numRuns: runs },
  );
});

test.each(encodings)("%s: every split point of a text gives the text", (encoding) => {
  const given = "ab你好，织网\r\n漢字 end";
  const bytes = encodeText(given, encoding);
  for (let split = 0; split <= bytes.length; split++) {
    const decoder = textDecoder(encoding);
    const decoded =
      decoder.decode(bytes.subarray(0, split)) + decoder.decode(bytes.subarray(split));
    expect(decoded + decoder.end()).toBe(given);
  }
});
