import { describe, expect, it } from "vitest";
import { struct } from "@netloom/codec";
import { lengthPrefixed } from "@netloom/framing";
import { decode, errorOf, utf8 } from "./support/decoding.ts";

describe("lengthPrefixed", () => {
  it("writes the prefix that struct writes", () => {
    const payload = new Uint8Array(0x0102);
    const formats = { 2: "H", 4: "I" } as const;
    for (const width of [2, 4] as const) {
      for (const [byteOrder, sign] of [
        ["big", ">"],
        ["little", "<"],
      ] as const) {
        const frame = lengthPrefixed({ width, byteOrder }).encode(payload);
        expect(frame.subarray(0, width)).toEqual(struct(sign + formats[width]).pack(0x0102));
        expect(frame.length).toBe(width + payload.length);
      }
    }
    expect(lengthPrefixed({ width: 1 }).encode(utf8("abc"))).toEqual(Uint8Array.of(3, 97, 98, 99));
  });

  it("is big-endian by default", () => {
    expect(lengthPrefixed({ width: 2 }).encode(utf8("a"))).toEqual(Uint8Array.of(0, 1, 97));
  });

  it("takes frames up to the limit, in both directions", () => {
    const framer = lengthPrefixed({ width: 4, maxFrameBytes: 3 });
    expect(decode(framer, [framer.encode(utf8("abc"))]).frames).toEqual([utf8("abc")]);
    const refused = errorOf(() => framer.encode(utf8("abcd")));
    expect(refused).toMatchObject({ code: "ERR_FRAMING_PAYLOAD", size: 4, limit: 3 });
    const { error } = decode(framer, [Uint8Array.of(0, 0, 0, 4)], false);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TOO_LARGE", size: 4, limit: 3 });
  });

  it("by default takes 8 MiB, or what the prefix can hold", () => {
    const limits = [
      [1, 255],
      [2, 65_535],
      [4, 8 * 1024 * 1024],
    ] as const;
    for (const [width, limit] of limits) {
      const framer = lengthPrefixed({ width });
      expect(framer.encode(new Uint8Array(limit)).length).toBe(width + limit);
      expect(errorOf(() => framer.encode(new Uint8Array(limit + 1)))).toMatchObject({ limit });
    }
  });

  it("reads sizes with the top bit set as unsigned", () => {
    for (const byteOrder of ["big", "little"] as const) {
      const framer = lengthPrefixed({ width: 4, byteOrder });
      const { error } = decode(framer, [Uint8Array.of(255, 255, 255, 255)], false);
      expect(error).toMatchObject({ code: "ERR_FRAMING_TOO_LARGE", size: 0xffff_ffff });
    }
    const largest = lengthPrefixed({ width: 4, maxFrameBytes: 0xffff_ffff });
    const { error } = decode(largest, [Uint8Array.of(255, 255, 255, 255)]);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TRUNCATED", missing: 0xffff_ffff });
  });

  it("shows a size that looks like text as text", () => {
    const { error } = decode(lengthPrefixed({ width: 4 }), [utf8("GET / HTTP/1.1\r\n")]);
    expect(error?.message).toBe(
      'a frame of 1195725856 bytes exceeds the limit of 8388608 bytes (0x47455420 looks like "GET ")',
    );
    const other = decode(lengthPrefixed({ width: 4 }), [Uint8Array.of(0x7f, 1, 2, 3)]);
    expect(other.error?.message).not.toContain("looks like");
  });

  it("says how many bytes are missing at the end of input", () => {
    const framer = lengthPrefixed({ width: 4 });
    const { error } = decode(framer, [Uint8Array.of(0, 0, 0, 10, 1, 2, 3)]);
    expect(error).toMatchObject({
      code: "ERR_FRAMING_TRUNCATED",
      missing: 7,
      message: "the input ended after 7 bytes of a frame: 7 more were announced",
    });
    expect(decode(framer, [Uint8Array.of(0)]).error).toMatchObject({
      missing: 3,
      message: "the input ended after 1 bytes of a head: at least 3 more were announced",
    });
  });

  it("with a limit of 0 carries empty frames only", () => {
    const framer = lengthPrefixed({ width: 1, maxFrameBytes: 0 });
    expect(decode(framer, [Uint8Array.of(0, 0, 0)]).frames.length).toBe(3);
    expect(decode(framer, [Uint8Array.of(0, 1)]).error?.code).toBe("ERR_FRAMING_TOO_LARGE");
  });

  it("refuses options outside their bounds", () => {
    const options: unknown[] = [
      { width: 3 },
      { width: "4" },
      {},
      { width: 4, byteOrder: "network" },
      { width: 1, maxFrameBytes: 256 },
      { width: 4, maxFrameBytes: 2 ** 32 },
      { width: 4, maxFrameBytes: -1 },
      { width: 4, maxFrameBytes: 1.5 },
      { width: 4, maxFrameBytes: Number.NaN },
    ];
    for (const bad of options) {
      const error = errorOf(() => lengthPrefixed(bad as { width: 4 }));
      expect(error).toMatchObject({ name: "FramingError", code: "ERR_FRAMING_OPTION" });
    }
    expect(errorOf(() => lengthPrefixed({ width: 1, maxFrameBytes: 256 })).message).toBe(
      "maxFrameBytes is 256; allowed is an integer from 0 to 255",
    );
  });
});
