import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, cutAt, decode, inPieces, outcome } from "./support/decoding.ts";
import { samples } from "./support/framers.ts";

const long = Boolean(process.env["NETLOOM_LONG"]);
const runs = long ? 100_000 : 1_000;
const timeout = long ? 600_000 : 20_000;

describe.each(samples)("$name", ({ framer, payloads, payload, endsWithInput }) => {
  const wire = concat(payloads.map((one) => framer.encode(one)));
  const whole = decode(framer, [wire]);

  it("gives out the payloads that were encoded", () => {
    expect(outcome(whole)).toEqual(outcome({ frames: [...payloads], error: undefined }));
  });

  it("does so byte by byte, and in pieces of every size", () => {
    for (let size = 1; size <= wire.length; size++) {
      expect(outcome(decode(framer, inPieces(wire, size)))).toEqual(outcome(whole));
    }
  });

  it("does so cut at every two places", () => {
    const short = concat(payloads.slice(0, 6).map((one) => framer.encode(one)));
    const expected = outcome(decode(framer, [short]));
    for (let first = 0; first <= short.length; first++) {
      for (let second = first; second <= short.length; second++) {
        expect(outcome(decode(framer, cutAt(short, [first, second])))).toEqual(expected);
      }
    }
  });

  it("keeps trailing bytes until the rest comes", () => {
    const second = framer.encode(payloads[0] as Uint8Array);
    for (let cut = 0; cut < second.length; cut++) {
      const decoder = framer.decoder();
      let frames = 0;
      decoder.push(concat([wire, second.subarray(0, cut)]), () => frames++);
      expect(frames).toBe(payloads.length);
      expect(decoder.bufferedBytes).toBe(cut);
      decoder.push(second.subarray(cut), () => frames++);
      expect(frames).toBe(payloads.length + 1);
      expect(decoder.bufferedBytes).toBe(0);
    }
  });

  it("truncated anywhere, gives out what was whole and the same whatever the chunks", () => {
    for (let length = 0; length <= wire.length; length++) {
      const part = wire.subarray(0, length);
      const { frames, error } = decode(framer, [part]);
      expect(outcome(decode(framer, inPieces(part, 1)))).toEqual(outcome({ frames, error }));
      if (error !== undefined) {
        expect(endsWithInput).toBe(false);
        expect(error.code).toBe("ERR_FRAMING_TRUNCATED");
        // What it says is missing is enough for a whole head, or for the frame.
        const missing = error.missing as number;
        expect(missing).toBeGreaterThan(0);
        const more = decode(framer, [wire.subarray(0, length + missing)]);
        expect(more.error === undefined || more.frames.length === frames.length).toBe(true);
      }
    }
  });

  it("carries any payloads in any chunks", { timeout }, () => {
    fc.assert(
      fc.property(
        fc.array(payload, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (some, cuts) => {
          const bytes = concat(some.map((one) => framer.encode(one)));
          const places = cuts.map((cut) => cut % (bytes.length + 1));
          const decoded = decode(framer, cutAt(bytes, places));
          expect(outcome(decoded)).toEqual(outcome({ frames: some, error: undefined }));
        },
      ),
      { numRuns: runs },
    );
  });

  it("makes the same of any bytes, whatever the chunks", { timeout }, () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat(200), { maxLength: 12 }),
        (bytes, cuts) => {
          const places = cuts.map((cut) => Math.min(cut, bytes.length));
          const expected = outcome(decode(framer, [bytes]));
          expect(outcome(decode(framer, cutAt(bytes, places)))).toEqual(expected);
          expect(outcome(decode(framer, inPieces(bytes, 1)))).toEqual(expected);
        },
      ),
      { numRuns: runs },
    );
  });

  it("works on Node.js Buffers and on views into larger buffers", () => {
    const inside = new Uint8Array(wire.length + 20).fill(0xaa);
    inside.set(wire, 7);
    const view = inside.subarray(7, 7 + wire.length);
    expect(outcome(decode(framer, [view]))).toEqual(outcome(whole));
    const decoder = framer.decoder();
    const frames: Uint8Array[] = [];
    for (const piece of inPieces(wire, 5)) {
      decoder.push(Buffer.from(piece), (buffer, start, end) =>
        frames.push(new Uint8Array(buffer.subarray(start, end))),
      );
    }
    expect(outcome({ frames, error: undefined })).toEqual(outcome(whole));
  });

  it("encodes to an array that shares no memory with the payload", () => {
    const payload = Buffer.from(payloads[0] as Uint8Array);
    const encoded = framer.encode(payload);
    const copy = new Uint8Array(encoded);
    payload.fill(0xee);
    expect(encoded).toEqual(copy);
  });
});
