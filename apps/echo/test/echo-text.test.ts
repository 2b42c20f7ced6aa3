import { expect, it } from "vitest";

import { encodeEchoText, MAX_TEXT_BYTES } from "../src/echo-text.ts";
import { EchoError } from "../src/errors.ts";

function textError(encode: () => unknown): EchoError {
  try {
    encode();
  } catch (error) {
    if (error instanceof EchoError && error.code === "ERR_ECHO_TEXT") return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

it("gives the bytes of the encoding", () => {
  expect(encodeEchoText("你", "utf-8", "tcp")).toEqual(Uint8Array.of(0xe4, 0xbd, 0xa0));
  expect(encodeEchoText("你", "gbk", "udp")).toEqual(Uint8Array.of(0xc4, 0xe3));
});

it("takes as many bytes as a line or a datagram holds, and not one more", () => {
  for (const protocol of ["tcp", "udp"] as const) {
    const longest = "x".repeat(MAX_TEXT_BYTES[protocol]);
    expect(encodeEchoText(longest, "gbk", protocol)).toHaveLength(longest.length);
    const { text } = textError(() => encodeEchoText(`${longest}x`, "gbk", protocol));
    expect(text.en).toContain(`${longest.length + 1} bytes`);
    expect(text.zh).toContain(`${longest.length + 1} 字节`);
  }
});

it("refuses what would arrive as another line, over TCP only", () => {
  for (const text of ["two\nlines", "\n", "cut\r"]) {
    expect(textError(() => encodeEchoText(text, "utf-8", "tcp")).message).toContain("one line");
    expect(encodeEchoText(text, "utf-8", "udp")).toHaveLength(text.length);
  }
  expect(encodeEchoText("in\rside", "utf-8", "tcp")).toHaveLength(7);
});

it("names the character that the encoding lacks, however it is written in UTF-16", () => {
  for (const [text, character] of [
    ["5 €", "€"],
    ["a😀b", "😀"],
  ] as const) {
    const error = textError(() => encodeEchoText(text, "gbk", "tcp"));
    expect(error.message).toContain(`"${character}"`);
    expect(error.cause).toMatchObject({ code: "ERR_CODEC_UNENCODABLE" });
  }
});
