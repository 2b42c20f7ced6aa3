import * as fc from "fast-check";
import { struct } from "@netloom/codec";
import { header, lengthPrefixed, lines, type Framer } from "@netloom/framing";
import { utf8 } from "./decoding.ts";

/** A framer with payloads that it can carry, for the tests that every framer must pass. */
export interface FramerSample {
  readonly name: string;
  readonly framer: Framer;
  readonly payloads: readonly Uint8Array[];
  readonly payload: fc.Arbitrary<Uint8Array>;
  /** Whether the end of input ends a frame, as it does for lines. */
  readonly endsWithInput: boolean;
}

const bytes = fc.uint8Array({ maxLength: 40 });
const smallPayloads = [utf8("one"), utf8(""), utf8("\0\n\r"), utf8(""), utf8("中文"), utf8("x")];

const head = struct(">BHx");
const withHead = (type: number, body: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(head.size + body.length);
  head.packInto(frame, 0, type, body.length);
  frame.set(body, head.size);
  return frame;
};

export const samples: readonly FramerSample[] = [
  ...([1, 2, 4] as const).flatMap((width) =>
    (["big", "little"] as const).map((byteOrder) => ({
      name: `lengthPrefixed ${width} ${byteOrder}`,
      framer: lengthPrefixed({ width, byteOrder }),
      payloads: [...smallPayloads, new Uint8Array(255).fill(width)],
      payload: bytes,
      endsWithInput: false,
    })),
  ),
  {
    name: "lines",
    framer: lines(),
    payloads: [utf8("one"), utf8(""), utf8("a\rb"), utf8(""), utf8("中文"), utf8("\r\rx")],
    // Mostly line-like bytes, so that CR is common and the few that lines refuse do not matter.
    payload: fc
      .array(fc.constantFrom(0x0d, 0x20, 0x41, 0xe4), { maxLength: 40 })
      .map((codes) => Uint8Array.from(codes))
      .filter((line) => line.at(-1) !== 0x0d),
    endsWithInput: true,
  },
  {
    name: "header",
    framer: header(head, ([, size]) => Number(size)),
    payloads: smallPayloads.map((body, index) => withHead(index, body)),
    payload: fc.tuple(fc.nat(255), bytes).map(([type, body]) => withHead(type, body)),
    endsWithInput: false,
  },
];
