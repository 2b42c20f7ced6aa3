import { describe, expect, it } from "vitest";
import { lengthPrefixed, lines, type FrameDecoder } from "@netloom/framing";
import { concat, errorOf, inPieces, utf8 } from "./support/decoding.ts";

const framer = lengthPrefixed({ width: 1 });
const wire = (...texts: string[]): Uint8Array =>
  concat(texts.map((text) => framer.encode(utf8(text))));

/** An `onFrame` that keeps the frames as text and can do more for some of them. */
function collector(also: Record<string, () => void> = {}) {
  const seen: string[] = [];
  const onFrame = (buffer: Uint8Array, start: number, end: number): void => {
    const text = new TextDecoder().decode(buffer.subarray(start, end));
    seen.push(text);
    also[text]?.();
  };
  return { seen, onFrame };
}

describe("an onFrame that throws", () => {
  const thrown = new Error("thrown by onFrame");
  const fail = (): never => {
    throw thrown;
  };

  it("gets its error back, and the frame after it at the next push", () => {
    const decoder = framer.decoder();
    const { seen, onFrame } = collector({ b: fail });
    expect(() => decoder.push(wire("a", "b", "c", "d"), onFrame)).toThrow(thrown);
    expect(seen).toEqual(["a", "b"]);
    expect(decoder.bufferedBytes).toBe(4);
    decoder.push(wire("e"), onFrame);
    expect(seen).toEqual(["a", "b", "c", "d", "e"]);
    expect(decoder.bufferedBytes).toBe(0);
  });

  it("gets the rest by an empty push, or by the end", () => {
    for (const goOn of [
      (decoder: FrameDecoder, onFrame: () => void) => decoder.push(new Uint8Array(0), onFrame),
      (decoder: FrameDecoder, onFrame: () => void) => decoder.end(onFrame),
    ]) {
      const decoder = framer.decoder();
      const { seen, onFrame } = collector({ a: fail });
      expect(() => decoder.push(wire("a", "b", "c"), onFrame)).toThrow(thrown);
      goOn(decoder, onFrame as () => void);
      expect(seen).toEqual(["a", "b", "c"]);
    }
  });

  it("may throw at every frame, with chunks cut anywhere", () => {
    const texts = ["one", "", "two", "three", ""];
    const bytes = wire(...texts);
    for (let size = 1; size <= bytes.length; size++) {
      const decoder = framer.decoder();
      const seen: string[] = [];
      const onFrame = (buffer: Uint8Array, start: number, end: number): never => {
        seen.push(new TextDecoder().decode(buffer.subarray(start, end)));
        throw thrown;
      };
      for (const piece of inPieces(bytes, size)) {
        const lent = new Uint8Array(piece);
        try {
          decoder.push(lent, onFrame);
        } catch {
          lent.fill(0xee);
        }
      }
      for (let round = 0; round < texts.length; round++) {
        try {
          decoder.end(onFrame);
        } catch (error) {
          expect(error).toBe(thrown);
        }
      }
      expect(seen).toEqual(texts);
      expect(decoder.bufferedBytes).toBe(0);
    }
  });

  it("at the unfinished last line has received it", () => {
    const decoder = lines().decoder();
    decoder.push(utf8("last"), fail);
    expect(() => decoder.end(fail)).toThrow(thrown);
    decoder.end(fail);
    expect(decoder.bufferedBytes).toBe(0);
  });
});

describe("a push from inside onFrame", () => {
  it("is taken after the bytes at hand, by the outer call's onFrame", () => {
    const decoder = framer.decoder();
    const inner = collector();
    const outer = collector({
      a: () => {
        decoder.push(wire("x").subarray(0, 1), inner.onFrame);
        decoder.push(wire("x").subarray(1), inner.onFrame);
      },
    });
    decoder.push(wire("a", "b"), outer.onFrame);
    expect(outer.seen).toEqual(["a", "b", "x"]);
    expect(inner.seen).toEqual([]);
  });

  it("continues an unfinished frame of the chunk at hand", () => {
    const decoder = framer.decoder();
    const whole = wire("a", "hello");
    const { seen, onFrame } = collector({ a: () => decoder.push(whole.slice(5), onFrame) });
    decoder.push(whole.slice(0, 5), onFrame);
    expect(seen).toEqual(["a", "hello"]);
  });

  it("counts as buffered meanwhile, and may reuse its chunk at once", () => {
    const decoder = framer.decoder();
    const counts: number[] = [];
    const { seen, onFrame } = collector({
      a: () => {
        counts.push(decoder.bufferedBytes);
        const lent = Buffer.from(wire("y"));
        decoder.push(lent, () => {});
        lent.fill(0);
        counts.push(decoder.bufferedBytes);
      },
    });
    decoder.push(wire("a", "bc"), onFrame);
    expect(counts).toEqual([3, 5]);
    expect(seen).toEqual(["a", "bc", "y"]);
  });

  it("is kept when onFrame throws afterwards", () => {
    const decoder = framer.decoder();
    const { seen, onFrame } = collector({
      a: () => {
        decoder.push(wire("x"), () => {});
        throw new Error("thrown after a push");
      },
    });
    expect(() => decoder.push(wire("a", "b"), onFrame)).toThrow("thrown after a push");
    expect(decoder.bufferedBytes).toBe(4);
    decoder.end(onFrame);
    expect(seen).toEqual(["a", "b", "x"]);
  });

  it("may not be an end", () => {
    const decoder = framer.decoder();
    const { seen, onFrame } = collector({
      a: () => expect(errorOf(() => decoder.end(() => {})).code).toBe("ERR_FRAMING_BUSY"),
    });
    decoder.push(wire("a", "b"), onFrame);
    decoder.end(onFrame);
    expect(seen).toEqual(["a", "b"]);
  });
});

describe("a decoder that has failed", () => {
  it("stays failed with the same error, and holds nothing", () => {
    const limited = lengthPrefixed({ width: 1, maxFrameBytes: 3 });
    const decoder = limited.decoder();
    const { seen, onFrame } = collector();
    const error = errorOf(() =>
      decoder.push(concat([wire("a"), wire("four"), wire("b")]), onFrame),
    );
    expect(error.code).toBe("ERR_FRAMING_TOO_LARGE");
    expect(seen).toEqual(["a"]);
    expect(decoder.bufferedBytes).toBe(0);
    expect(errorOf(() => decoder.push(wire("b"), onFrame))).toBe(error);
    expect(errorOf(() => decoder.push(new Uint8Array(0), onFrame))).toBe(error);
    expect(errorOf(() => decoder.end(onFrame))).toBe(error);
    expect(seen).toEqual(["a"]);
  });

  it("by truncation, too", () => {
    const decoder = framer.decoder();
    decoder.push(Uint8Array.of(2, 0), () => {});
    const error = errorOf(() => decoder.end(() => {}));
    expect(error.code).toBe("ERR_FRAMING_TRUNCATED");
    expect(errorOf(() => decoder.end(() => {}))).toBe(error);
    expect(errorOf(() => decoder.push(wire("a"), () => {}))).toBe(error);
  });

  it("drops what was pushed from inside", () => {
    const limited = lengthPrefixed({ width: 1, maxFrameBytes: 1 });
    const decoder = limited.decoder();
    const { seen, onFrame } = collector({ a: () => decoder.push(wire("x"), () => {}) });
    expect(errorOf(() => decoder.push(wire("a", "bb"), onFrame)).code).toBe(
      "ERR_FRAMING_TOO_LARGE",
    );
    expect(seen).toEqual(["a"]);
    expect(decoder.bufferedBytes).toBe(0);
  });
});

describe("a decoder that was told of the end", () => {
  it("takes no more bytes", () => {
    const decoder = framer.decoder();
    decoder.end(() => {});
    expect(errorOf(() => decoder.push(wire("a"), () => {})).code).toBe("ERR_FRAMING_ENDED");
    decoder.end(() => {});
  });
});

describe("the cost of small chunks", () => {
  /** Bytes that are copied in blocks, and searched, while `action` runs. */
  function work(action: () => void): { copied: number; searched: number } {
    let copied = 0;
    let searched = 0;
    const prototype = Uint8Array.prototype;
    // oxlint-disable-next-line typescript/unbound-method -- called with `this` below
    const { set, indexOf } = prototype;
    // By hand: a spy would keep a record of each of a million calls.
    prototype.set = function (source, offset) {
      copied += source.length;
      set.call(this, source, offset);
    };
    prototype.indexOf = function (value, from = 0) {
      const found = indexOf.call(this, value, from);
      searched += (found === -1 ? this.length : found) - from;
      return found;
    };
    try {
      action();
    } finally {
      Object.assign(prototype, { set, indexOf });
    }
    return { copied, searched };
  }

  // Counted instead of timed. Quadratic would be hundreds of times the size.
  const size = 1 << 19;

  it.each([1, 7, 1500])("is linear for a long frame in pieces of %i bytes", (pieceSize) => {
    const long = lengthPrefixed({ width: 4 });
    const pieces = inPieces(long.encode(new Uint8Array(size)), pieceSize);
    const decoder = long.decoder();
    let frames = 0;
    const { copied } = work(() => {
      for (const piece of pieces) decoder.push(piece, () => frames++);
    });
    expect(frames).toBe(1);
    expect(copied).toBeLessThan(4 * size);
  });

  it.each([1, 7, 1500])("is linear for a long line in pieces of %i bytes", (pieceSize) => {
    const long = lines({ maxFrameBytes: size });
    const pieces = inPieces(long.encode(new Uint8Array(size)), pieceSize);
    const decoder = long.decoder();
    let frames = 0;
    const { copied, searched } = work(() => {
      for (const piece of pieces) decoder.push(piece, () => frames++);
    });
    expect(frames).toBe(1);
    expect(copied).toBeLessThan(4 * size);
    expect(searched).toBeLessThan(8 * size);
  });

  it("copies nothing of frames that lie whole in their chunk", () => {
    const chunk = concat(Array.from({ length: 1000 }, () => wire("0123456789")));
    let frames = 0;
    const { copied } = work(() => framer.decoder().push(chunk, () => frames++));
    expect(frames).toBe(1000);
    expect(copied).toBe(0);
  });

  it("does not allocate what was only announced", () => {
    const long = lengthPrefixed({ width: 4 });
    const announcing = long.encode(new Uint8Array(8 * 1024 * 1024)).slice(0, 10);
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 1000 }, () => {
      const decoder = long.decoder();
      decoder.push(announcing, () => {});
      return decoder;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
    expect(decoders.every(({ bufferedBytes }) => bufferedBytes === 10)).toBe(true);
  });

  it.runIf(process.env["NETLOOM_LONG"])("64 MiB in single bytes", { timeout: 120_000 }, () => {
    const huge = lengthPrefixed({ width: 4, maxFrameBytes: 1 << 26 });
    const bytes = huge.encode(new Uint8Array(1 << 26));
    const decoder = huge.decoder();
    let received = 0;
    for (let at = 0; at < bytes.length; at++) {
      decoder.push(bytes.subarray(at, at + 1), (_buffer, start, end) => (received = end - start));
    }
    expect(received).toBe(1 << 26);
  });
});
