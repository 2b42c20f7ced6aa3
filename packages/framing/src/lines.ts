import { ChunkDecoder } from "./chunk-decoder.ts";
import { FramingError } from "./errors.ts";
import { frameLimit } from "./frame-limit.ts";
import type { FrameScanner } from "./frame-scanner.ts";
import type { Framer } from "./framer.ts";

/** 64 KiB, as the longest token of Go's `bufio.Scanner`. */
const defaultMaxLineBytes = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** Options of `lines`. */
export interface LinesOptions {
  /** Longest line in bytes, sent and received, without its end; 64 KiB by default. */
  readonly maxFrameBytes?: number | undefined;
}

/**
 * Each frame is a line: LF ends it, and a CR before the LF belongs to the end (so LF and CRLF may be
 * mixed). Bytes, not text: pair it with the text codec of any encoding in which the byte 0x0a is
 * always a line feed (UTF-8, GBK, Latin-1; not UTF-16).
 *
 * Encoding adds LF. It refuses a payload with an LF inside, which would arrive as two lines, or a CR
 * at its end, which would be lost.
 *
 * At the end of input an unfinished last line is a line like the others, as in Python's and Go's line
 * readers: many programs do not end their last line. A protocol to which a cut line matters should
 * end its conversation with a message of its own.
 *
 * Throws `ERR_FRAMING_OPTION` for options outside their bounds.
 *
 * @example
 * const framer = lines();
 * framer.decoder().push(bytes, (buffer, start, end) => console.log(end - start));
 */
export function lines(options: LinesOptions = {}): Framer {
  const limit = frameLimit(options.maxFrameBytes, defaultMaxLineBytes);
  return {
    encode(payload) {
      const size = payload.length;
      if (size > limit) {
        throw new FramingError(
          "ERR_FRAMING_PAYLOAD",
          `a line of ${size} bytes exceeds the limit of ${limit} bytes`,
          { size, limit },
        );
      }
      const lineFeed = payload.indexOf(LF);
      if (lineFeed !== -1) {
        throw new FramingError(
          "ERR_FRAMING_PAYLOAD",
          `a line cannot contain a line feed; there is one at byte ${lineFeed}`,
        );
      }
      if (size > 0 && payload[size - 1] === CR) {
        throw new FramingError(
          "ERR_FRAMING_PAYLOAD",
          "a line cannot end with a carriage return: it would be taken for part of the line's end",
        );
      }
      const frame = new Uint8Array(size + 1);
      frame.set(payload);
      frame[size] = LF;
      return frame;
    },
    decoder: () => new ChunkDecoder(new LineScanner(limit)),
  };
}

class LineScanner implements FrameScanner {
  readonly #limit: number;
  /** Bytes of the unfinished line that are known to hold no LF. */
  #searched = 0;
  frameStart = 0;
  frameEnd = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  scan(buffer: Uint8Array, start: number, end: number): number {
    // Without the view the search would run on through the spare room of the decoder's buffer, for
    // every small chunk again: quadratic.
    const held = end === buffer.length ? buffer : buffer.subarray(0, end);
    const lineFeed = held.indexOf(LF, start + this.#searched);
    if (lineFeed === -1) {
      this.#searched = end - start;
      // One byte more may still be the CR of the line's end.
      if (this.#searched > this.#limit + 1) throw this.#tooLong();
      return -1;
    }
    this.#searched = 0;
    this.#found(buffer, start, lineFeed);
    return lineFeed + 1;
  }

  continuation(chunk: Uint8Array, start: number, end: number): number {
    const lineFeed = chunk.indexOf(LF, start);
    return lineFeed === -1 ? end - start : lineFeed + 1 - start;
  }

  finish(buffer: Uint8Array, start: number, end: number): void {
    this.#found(buffer, start, end);
  }

  #found(buffer: Uint8Array, start: number, lineEnd: number): void {
    const end = lineEnd > start && buffer[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (end - start > this.#limit) throw this.#tooLong();
    this.frameStart = start;
    this.frameEnd = end;
  }

  // Without the line's size: how much of it is known when it is refused depends on the chunks.
  #tooLong(): FramingError {
    return new FramingError(
      "ERR_FRAMING_TOO_LARGE",
      `a line exceeds the limit of ${this.#limit} bytes`,
      { limit: this.#limit },
    );
  }
}
