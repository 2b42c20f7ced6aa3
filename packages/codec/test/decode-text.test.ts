import { decodeText, encodings } from "@netloom/codec";
import { expect, test } from "vitest";
import { failure } from "./failure.ts";

test("says which bytes are no text", () => {
  expect(failure(() => decodeText(Uint8Array.of(97, 0xff), "utf-8"))).toMatchObject({
    code: "ERR_CODEC_MALFORMED",
    message: "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
    offset: 1,
    end: 2,
  });
  expect(failure(() => decodeText(Uint8Array.of(0xe4, 0xbd), "utf-8"))).toMatchObject({
    message: "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
  });
  expect(failure(() => decodeText(Uint8Array.of(97, 0xc4), "gbk"))).toMatchObject({
    message: "'gbk' codec can't decode byte 0xc4 in position 1: incomplete multibyte sequence",
  });
});

test("knows GBK and nothing of what platforms add to it", () => {
  const additions = [[0x80], [0xa2, 0xe3], [0xaa, 0xa1], [0x81, 0x30, 0x81, 0x30], [0xfe, 0x50]];
  for (const bytes of additions) {
    expect(failure(() => decodeText(Uint8Array.from(bytes), "gbk")).offset).toBe(0);
  }
});

test("keeps a byte order mark", () => {
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 97), "utf-8")).toBe("\ufeffa");
});

test("takes time in proportion to bytes that are all wrong", () => {
  const wrong = new Uint8Array(200_000).fill(0xff);
  for (const encoding of encodings) {
    expect(decodeText(wrong, encoding, { errors: "ignore" })).toBe("");
    expect(decodeText(wrong, encoding, { errors: "replace" })).toBe("\ufffd".repeat(200_000));
  }
});
