import type { ByteStream, WaitOptions } from "@netloom/framing";
import { TestingError } from "./errors.ts";
import { MemoryPipe } from "./memory-pipe.ts";

/** Options of `memoryPair`. */
export interface MemoryPairOptions {
  /**
   * Bytes buffered in each direction from which on writes wait, 64 KiB by default, at least 1. A write
   * is accepted whole while less is buffered, so that a direction holds at most this and one write.
   */
  readonly highWaterBytes?: number | undefined;
  /**
   * Largest chunk that a reader gets, in bytes, 64 KiB by default, at least 1. A chunk is whatever is
   * buffered, up to this: as with a socket, it says nothing about how the bytes were written. With 1
   * everything arrives byte by byte, which finds decoders that only work on whole messages.
   */
  readonly chunkBytes?: number | undefined;
}

/**
 * Two connected byte streams in memory: what one writes the other reads. They behave as `ByteStream`
 * says, so code for connections can be tested without a network: half-close, back-pressure from a
 * bounded buffer, graceful close, and a destroy that the peer sees as a broken stream. Where a network
 * would leave it to chance they are strict: bytes that were not read when the peer destroyed the
 * stream are always lost, and a write to a peer that has closed always fails at once.
 *
 * Throws `ERR_TESTING_ARGUMENT` for options outside their bounds.
 *
 * @example
 * const [client, server] = memoryPair();
 * await client.write(new TextEncoder().encode("hello"));
 * await client.end();
 * for await (const chunk of server) console.log(chunk.length); // 5
 */
export function memoryPair(options: MemoryPairOptions = {}): [ByteStream, ByteStream] {
  const { highWaterBytes = 64 * 1024, chunkBytes = 64 * 1024 } = options;
  for (const [name, value] of Object.entries({ highWaterBytes, chunkBytes })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TestingError(
        "ERR_TESTING_ARGUMENT",
        `${name} is ${value}; allowed is an integer of at least 1`,
      );
    }
  }
  const there = new MemoryPipe(highWaterBytes, chunkBytes);
  const back = new MemoryPipe(highWaterBytes, chunkBytes);
  return [new MemoryStream(back, there), new MemoryStream(there, back)];
}

class MemoryStream implements ByteStream {
  readonly #incoming: MemoryPipe;
  readonly #outgoing: MemoryPipe;
  /** What every call rejects with since `close` or `destroy`, whatever the peer has done before. */
  #closed: TestingError | undefined;
  #closing: Promise<void> | undefined;
  /** Nothing is left to send or to break. */
  #over = false;

  constructor(incoming: MemoryPipe, outgoing: MemoryPipe) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    const pipe = this.#incoming;
    let open = true;
    let waiting = false;
    return {
      next: async () => {
        if (!open) return { done: true, value: undefined };
        if (this.#closed !== undefined) throw this.#closed;
        const read = pipe.read();
        // A second read of this iterator has just been refused; the first still waits.
        const nested = waiting;
        waiting = true;
        try {
          const chunk = await read;
          if (chunk !== undefined) return { done: false, value: chunk };
          open = false;
          return { done: true, value: undefined };
        } finally {
          waiting = nested;
        }
      },
      return: () => {
        open = false;
        if (waiting) pipe.cancelRead();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  write(bytes: Uint8Array, options: WaitOptions = {}): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    return this.#outgoing.write(bytes, options.signal);
  }

  end(): Promise<void> {
    return this.#outgoing.end();
  }

  close(): Promise<void> {
    this.#closing ??= this.#over ? Promise.resolve() : this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#closed = closed("closed here");
    this.#incoming.abandon(this.#closed);
    try {
      await this.#outgoing.end();
    } catch {
      // Broken, or destroyed meanwhile: then there is nothing left to send.
    }
    this.#over = true;
  }

  destroy(reason?: Error): void {
    if (this.#over) return;
    this.#over = true;
    // Where both directions had ended, the peer loses nothing.
    const whole = this.#outgoing.ended && this.#incoming.endRead;
    this.#closed = closed("destroyed here", reason);
    const broken = whole
      ? undefined
      : new TestingError("ERR_TESTING_BROKEN", "the peer destroyed the stream");
    this.#outgoing.breakOff({ writer: this.#closed, reader: broken });
    this.#incoming.breakOff({ writer: broken, reader: this.#closed });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function closed(how: string, reason?: Error): TestingError {
  return new TestingError(
    "ERR_TESTING_CLOSED",
    `the stream was ${how}`,
    reason === undefined ? undefined : { cause: reason },
  );
}
