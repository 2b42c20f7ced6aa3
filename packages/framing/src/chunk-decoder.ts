import { ByteStash } from "./byte-stash.ts";
import { FramingError } from "./errors.ts";
import type { FrameScanner } from "./frame-scanner.ts";
import type { FrameDecoder, OnFrame } from "./framer.ts";

/**
 * The one decoder under all framings; what differs is the scanner.
 *
 * Frames that lie whole in a chunk are given out from the chunk itself, without a copy. Only a frame
 * that is cut by the end of a chunk goes to the stash, is completed there with exactly the bytes that
 * belong to it, and then the chunk is used directly again. So the stash holds part of one frame,
 * except after `onFrame` threw: then it holds whatever was not given out.
 */
export class ChunkDecoder implements FrameDecoder {
  readonly #scanner: FrameScanner;
  readonly #stash = new ByteStash();
  /** The chunk at hand, and how far it has been given out: a throwing callback leaves the rest. */
  #chunk: Uint8Array | undefined;
  #position = 0;
  /** Chunks pushed from inside `onFrame`, to be taken when the one at hand is done. */
  #nested: Uint8Array[] = [];
  #busy = false;
  #ended = false;
  #failure: FramingError | undefined;

  constructor(scanner: FrameScanner) {
    this.#scanner = scanner;
  }

  get bufferedBytes(): number {
    let total = this.#stash.length;
    if (this.#chunk !== undefined) total += this.#chunk.length - this.#position;
    for (const chunk of this.#nested) total += chunk.length;
    return total;
  }

  push(chunk: Uint8Array, onFrame: OnFrame): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#ended) {
      throw new FramingError(
        "ERR_FRAMING_ENDED",
        "push after end: this decoder takes no more bytes",
      );
    }
    if (this.#busy) {
      // Not `slice`: of a Buffer that is a view.
      this.#nested.push(new Uint8Array(chunk));
      return;
    }
    this.#busy = true;
    this.#chunk = chunk;
    this.#position = 0;
    try {
      this.#giveOutAll(onFrame);
    } finally {
      this.#busy = false;
      this.#keepRest();
    }
  }

  end(onFrame: OnFrame): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#busy) {
      throw new FramingError("ERR_FRAMING_BUSY", "end called from inside onFrame");
    }
    if (this.#ended) return;
    this.push(emptyChunk, onFrame);
    this.#ended = true;
    const { buffer, start, end } = this.#stash;
    if (start === end) return;
    const scanner = this.#scanner;
    try {
      scanner.finish(buffer, start, end);
    } catch (error) {
      throw this.#fail(error);
    }
    this.#stash.clear();
    onFrame(buffer, scanner.frameStart, scanner.frameEnd);
  }

  /** Gives out what is complete in the stash, the chunk at hand and those pushed meanwhile. */
  #giveOutAll(onFrame: OnFrame): void {
    for (;;) {
      if (this.#stash.length > 0) this.#giveOutStash(onFrame);
      const chunk = this.#chunk as Uint8Array;
      this.#giveOutChunk(chunk, onFrame);
      // What is left is the beginning of one frame.
      this.#stashTo(chunk, chunk.length);
      const next = this.#nested.shift();
      if (next === undefined) return;
      this.#chunk = next;
      this.#position = 0;
    }
  }

  /** Empties the stash, completing the frame in it from the chunk at hand as far as that goes. */
  #giveOutStash(onFrame: OnFrame): void {
    const stash = this.#stash;
    const scanner = this.#scanner;
    const chunk = this.#chunk as Uint8Array;
    while (stash.length > 0) {
      const { buffer } = stash;
      const next = this.#scan(buffer, stash.start, stash.end);
      if (next !== -1) {
        stash.dropTo(next);
        onFrame(buffer, scanner.frameStart, scanner.frameEnd);
      } else if (this.#position === chunk.length) {
        return;
      } else {
        const count = scanner.continuation(chunk, this.#position, chunk.length);
        this.#stashTo(chunk, this.#position + count);
      }
    }
  }

  /** Gives out the frames that lie whole in the chunk, from where they are. */
  #giveOutChunk(chunk: Uint8Array, onFrame: OnFrame): void {
    const scanner = this.#scanner;
    const end = chunk.length;
    while (this.#position < end) {
      const next = this.#scan(chunk, this.#position, end);
      if (next === -1) return;
      // Advanced before the call: a frame whose callback throws has been given out.
      this.#position = next;
      onFrame(chunk, scanner.frameStart, scanner.frameEnd);
    }
  }

  #scan(buffer: Uint8Array, start: number, end: number): number {
    try {
      return this.#scanner.scan(buffer, start, end);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #stashTo(chunk: Uint8Array, to: number): void {
    if (this.#position < to) this.#stash.append(chunk, this.#position, to);
    this.#position = to;
  }

  /** After a call, thrown out of or not: what was not given out is kept, the caller's chunk is not. */
  #keepRest(): void {
    const chunk = this.#chunk;
    this.#chunk = undefined;
    if (this.#failure !== undefined) {
      this.#nested = [];
      return;
    }
    if (chunk !== undefined) this.#stashTo(chunk, chunk.length);
    for (const nested of this.#nested) this.#stash.append(nested, 0, nested.length);
    this.#nested = [];
  }

  #fail(error: unknown): FramingError {
    this.#failure =
      error instanceof FramingError
        ? error
        : new FramingError("ERR_FRAMING_HEAD", "the frame could not be read", { cause: error });
    this.#stash.clear();
    return this.#failure;
  }
}

const emptyChunk = new Uint8Array(0);
