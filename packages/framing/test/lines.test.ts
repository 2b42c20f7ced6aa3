import { describe, expect, it } from "vitest";
import { encodeText, text } from "@netloom/codec";
import { lines } from "@netloom/framing";
import { decode, errorOf, inPieces, outcome, utf8 } from "./support/decoding.ts";

const linesOf = (input: string, maxFrameBytes?: number): string[] =>
  decode(lines({ maxFrameBytes }), [utf8(input)]).frames.map((line) =>
    new TextDecoder().decode(line),
  );

describe("lines", () => {
  it("ends a line at LF and drops one CR before it", () => {
    expect(linesOf("a\nb\r\nc\r\r\n\n\r\n")).toEqual(["a", "b", "c\r", "", ""]);
    expect(linesOf("a\rb\n")).toEqual(["a\rb"]);
  });

  it("takes an unfinished last line for a line", () => {
    expect(linesOf("a\nb")).toEqual(["a", "b"]);
    expect(linesOf("a\n")).toEqual(["a"]);
    expect(linesOf("")).toEqual([]);
    expect(linesOf("b\r")).toEqual(["b"]);
    expect(linesOf("\r")).toEqual([""]);
  });

  it("gives the unfinished line out once", () => {
    const decoder = lines().decoder();
    const seen: number[] = [];
    decoder.push(utf8("ab"), () => seen.push(0));
    decoder.end((_buffer, start, end) => seen.push(end - start));
    decoder.end(() => seen.push(0));
    expect(seen).toEqual([2]);
    expect(decoder.bufferedBytes).toBe(0);
  });

  it("encodes with LF, and refuses what would not arrive as it is", () => {
    expect(lines().encode(utf8("ab"))).toEqual(utf8("ab\n"));
    expect(errorOf(() => lines().encode(utf8("a\nb")))).toMatchObject({
      code: "ERR_FRAMING_PAYLOAD",
      message: "a line cannot contain a line feed; there is one at byte 1",
    });
    expect(errorOf(() => lines().encode(utf8("a\r"))).code).toBe("ERR_FRAMING_PAYLOAD");
    expect(errorOf(() => lines({ maxFrameBytes: 1 }).encode(utf8("ab")))).toMatchObject({
      code: "ERR_FRAMING_PAYLOAD",
      size: 2,
      limit: 1,
    });
  });

  it("limits a line, not counting its end, however the bytes come", () => {
    const framer = lines({ maxFrameBytes: 3 });
    const fits = ["abc\nabc\r\nabc", "abc\r"];
    const exceeds = ["ok\nabcd\n", "ok\nabcd", "ok\nabcdefgh", "ok\nabc\rd\n", "ok\nabcd\r\n"];
    for (const input of [...fits, ...exceeds]) {
      const whole = decode(framer, [utf8(input)]);
      for (let size = 1; size < input.length; size++) {
        expect(outcome(decode(framer, inPieces(utf8(input), size)))).toEqual(outcome(whole));
      }
      const error = exceeds.includes(input)
        ? {
            code: "ERR_FRAMING_TOO_LARGE",
            limit: 3,
            message: "a line exceeds the limit of 3 bytes",
          }
        : undefined;
      if (error === undefined) expect(whole.error).toBeUndefined();
      else {
        expect(whole.error).toMatchObject(error);
        expect(whole.frames).toEqual([utf8("ok")]);
      }
    }
  });

  it("fails on a line without an end as soon as it is too long", () => {
    const decoder = lines().decoder();
    let pushed = 0;
    const flood = (): void => {
      for (;;) {
        decoder.push(new Uint8Array(1000).fill(0x61), () => {});
        pushed += 1000;
      }
    };
    expect(errorOf(flood).limit).toBe(65_536);
    expect(pushed).toBeLessThanOrEqual(66_000);
    expect(decoder.bufferedBytes).toBe(0);
  });

  it("carries text of encodings that keep 0x0a to themselves", () => {
    const gbk = text("gbk");
    const bytes = encodeText("你好\r\n世界\n", "gbk");
    const decoded = decode(lines(), inPieces(bytes, 1)).frames.map((line) => gbk.decode(line));
    expect(decoded).toEqual(["你好", "世界"]);
  });

  it("refuses limits outside their bounds", () => {
    for (const maxFrameBytes of [-1, 0.5, Number.NaN, Infinity]) {
      expect(errorOf(() => lines({ maxFrameBytes })).code).toBe("ERR_FRAMING_OPTION");
    }
  });
});
