import { describe, expect, it } from "vitest";
import { struct } from "@netloom/codec";
import { header } from "@netloom/framing";
import { concat, decode, errorOf, inPieces, utf8 } from "./support/decoding.ts";

// Two bytes type, four bytes size, then the body.
const head = struct(">HI");
const framer = header(head, ([, size]) => Number(size));
const frame = (type: number, body: Uint8Array): Uint8Array =>
  concat([head.pack(type, body.length), body]);

describe("header", () => {
  it("gives out head and body, which the same struct reads", () => {
    const wire = concat([frame(7, utf8("seven")), frame(8, utf8("")), frame(9, utf8("nine"))]);
    const seen = decode(framer, inPieces(wire, 3)).frames.map((bytes) => [
      ...head.unpackFrom(bytes),
      new TextDecoder().decode(bytes.subarray(head.size)),
    ]);
    expect(seen).toEqual([
      [7, 5, "seven"],
      [8, 0, ""],
      [9, 4, "nine"],
    ]);
  });

  it("encodes a frame whose head tells the truth, and no other", () => {
    expect(framer.encode(frame(1, utf8("body")))).toEqual(frame(1, utf8("body")));
    const wrong = concat([frame(1, utf8("body")), utf8("!")]);
    expect(errorOf(() => framer.encode(wrong))).toMatchObject({
      code: "ERR_FRAMING_PAYLOAD",
      message: "a frame of 11 bytes has a head that announces 10 bytes",
    });
    expect(errorOf(() => framer.encode(utf8("short"))).message).toBe(
      "a frame of 5 bytes lacks its head of 6 bytes",
    );
  });

  it("lets sizeOf correct a size that counts the head, and take 64-bit sizes", () => {
    const wide = struct("<Q");
    const inclusive = header(wide, ([size]) => (size as bigint) - 8n);
    const wire = concat([wide.pack(10n), utf8("ab"), wide.pack(8n)]);
    expect(decode(inclusive, inPieces(wire, 1)).frames.map((bytes) => bytes.length)).toEqual([
      10, 8,
    ]);
    const { error } = decode(inclusive, [wide.pack(2n ** 64n - 1n)]);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TOO_LARGE", limit: 8_388_608 });
  });

  it("refuses a head that describes no possible body", () => {
    for (const size of [-1, 0.5, Number.NaN, Infinity]) {
      const { error } = decode(
        header(head, () => size),
        [frame(1, utf8("a"))],
      );
      expect(error?.code).toBe("ERR_FRAMING_HEAD");
    }
    const { error } = decode(
      header(struct("4s"), () => -1),
      [utf8("HTTP")],
    );
    expect(error?.message).toBe(
      'a head announces a body of -1 bytes (0x48545450 looks like "HTTP")',
    );
  });

  it("keeps what sizeOf threw as the cause", () => {
    const cause = new Error("wrong magic number");
    const strict = header(head, ([type, size]) => {
      if (type !== 1) throw cause;
      return Number(size);
    });
    const { frames, error } = decode(strict, [concat([frame(1, utf8("a")), frame(2, utf8("b"))])]);
    expect(frames.length).toBe(1);
    expect(error).toMatchObject({ code: "ERR_FRAMING_HEAD", cause });
    const local = errorOf(() => strict.encode(frame(2, utf8("b"))));
    expect(local.code).toBe("ERR_FRAMING_PAYLOAD");
    expect((local.cause as Error).cause).toBe(cause);
  });

  it("asks sizeOf once a frame, however small the chunks", () => {
    let asked = 0;
    const counting = header(head, ([, size]) => {
      asked++;
      return Number(size);
    });
    decode(counting, inPieces(concat([frame(1, utf8("hello")), frame(1, utf8(""))]), 1));
    expect(asked).toBe(2);
  });

  it("limits head and body together", () => {
    const small = header(head, ([, size]) => Number(size), { maxFrameBytes: 8 });
    expect(decode(small, [frame(1, utf8("ab"))]).frames.length).toBe(1);
    const { error } = decode(small, [frame(1, utf8("abc")).subarray(0, 6)], false);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TOO_LARGE", size: 9, limit: 8 });
    expect(errorOf(() => small.encode(frame(1, utf8("abc")))).code).toBe("ERR_FRAMING_PAYLOAD");
  });

  it("refuses a head of no bytes, and limits outside their bounds", () => {
    expect(errorOf(() => header(struct(""), () => 0)).code).toBe("ERR_FRAMING_OPTION");
    for (const maxFrameBytes of [5, -1, Number.NaN]) {
      const error = errorOf(() => header(head, () => 0, { maxFrameBytes }));
      expect(error.code).toBe("ERR_FRAMING_OPTION");
    }
  });
});
