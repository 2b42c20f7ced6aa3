import { FramingError } from "./errors.ts";
import type { FrameScanner } from "./frame-scanner.ts";

/** What differs between framings whose head of fixed size tells the size of the body. */
export interface SizedRule {
  /** Bytes of the head. */
  readonly headBytes: number;
  /** Bytes at the beginning that are not part of the frame given out: the head's, or 0. */
  readonly skipBytes: number;
  /** Bytes of the body that the head at `start` announces; throws when that cannot be accepted. */
  bodyBytes(buffer: Uint8Array, start: number): number;
}

/** Finds frames by the size in their head. */
export class SizedScanner implements FrameScanner {
  readonly #rule: SizedRule;
  /** Head and body of the unfinished frame in bytes; 0 while its head is not complete. */
  #total = 0;
  /** Bytes that were missing at the last scan: to the end of the head, or of the frame. */
  #missing = 0;
  frameStart = 0;
  frameEnd = 0;

  constructor(rule: SizedRule) {
    this.#rule = rule;
  }

  scan(buffer: Uint8Array, start: number, end: number): number {
    const available = end - start;
    const { headBytes, skipBytes } = this.#rule;
    if (this.#total === 0) {
      if (available < headBytes) {
        this.#missing = headBytes - available;
        return -1;
      }
      this.#total = headBytes + this.#rule.bodyBytes(buffer, start);
    }
    if (available < this.#total) {
      this.#missing = this.#total - available;
      return -1;
    }
    this.frameStart = start + skipBytes;
    this.frameEnd = start + this.#total;
    this.#total = 0;
    return this.frameEnd;
  }

  continuation(_chunk: Uint8Array, start: number, end: number): number {
    return Math.min(this.#missing, end - start);
  }

  finish(_buffer: Uint8Array, start: number, end: number): never {
    const missing = this.#missing;
    const where = this.#total === 0 ? "head" : "frame";
    const least = this.#total === 0 ? "at least " : "";
    throw new FramingError(
      "ERR_FRAMING_TRUNCATED",
      `the input ended after ${end - start} bytes of a ${where}: ${least}${missing} more were announced`,
      { missing },
    );
  }
}
