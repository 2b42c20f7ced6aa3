import { decodeText, encodeText, encodingName, encodings, text, textDecoder } from "@netloom/codec";
import type { TextErrors } from "@netloom/codec";
import { expect, test } from "vitest";
import { failure } from "./failure.ts";

test("are listed and have aliases", () => {
  expect(encodings).toEqual(["utf-8", "gbk"]);
  expect(["UTF8", "utf_8", "U8", "cp936", "936", "ms936", "GBK"].map(encodingName)).toEqual([
    "utf-8",
    "utf-8",
    "utf-8",
    "gbk",
    "gbk",
    "gbk",
    "gbk",
  ]);
});

test("that are unknown fail with those that are known", () => {
  for (const work of [encodingName, text, textDecoder, (e: string) => encodeText("", e)]) {
    expect(failure(() => work("latin-9"))).toMatchObject({
      code: "ERR_CODEC_ENCODING",
      message: 'unknown encoding "latin-9"; known are utf-8, gbk',
    });
  }
  expect(failure(() => encodingName("constructor")).code).toBe("ERR_CODEC_ENCODING");
  expect(failure(() => encodingName(undefined as unknown as string)).code).toBe(
    "ERR_CODEC_ENCODING",
  );
});

test("take three error policies and no other", () => {
  const errors = "xmlcharrefreplace" as TextErrors;
  expect(failure(() => decodeText(new Uint8Array(0), "gbk", { errors }))).toMatchObject({
    code: "ERR_CODEC_OPTION",
    message: 'errors is strict, replace or ignore, not "xmlcharrefreplace"',
  });
});
