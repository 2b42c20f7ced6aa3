import type { Codec } from "@netloom/codec";
import { FramingError } from "./errors.ts";
import type { FrameDecoder, OnFrame } from "./framer.ts";

const noBytes = new Uint8Array(0);

/** The receiving side of a message stream: chunks in, values out, one reader at a time. */
export class MessageReader<T> {
  readonly #stream: AsyncIterable<Uint8Array>;
  readonly #decoder: FrameDecoder;
  readonly #codec: Codec<T>;
  /** The stream's iterator while a loop here is running. */
  #source: AsyncIterator<Uint8Array> | undefined;
  /** Decoded and not yet taken: those of `#batch` from `#taken` on. */
  #batch: T[] = [];
  #taken = 0;
  /** One reader is between asking for a chunk and having its messages. */
  #locked = false;
  /** A callback threw: the decoder holds frames that need no new chunk. */
  #interrupted = false;
  #inputEnded = false;
  #finished = false;
  #closed = false;
  /** Why no message can be decoded any more. */
  #failure: { readonly error: unknown } | undefined;

  constructor(stream: AsyncIterable<Uint8Array>, decoder: FrameDecoder, codec: Codec<T>) {
    this.#stream = stream;
    this.#decoder = decoder;
    this.#codec = codec;
  }

  // A plain object, not an async generator: that costs several times as much for each message.
  iterate(): AsyncIterator<T, undefined> {
    let open = true;
    let waiting = false;
    const nextOfNewBatch = async (): Promise<IteratorResult<T, undefined>> => {
      this.#lock();
      waiting = true;
      try {
        return await this.#fillBatch();
      } finally {
        waiting = false;
        this.#locked = false;
      }
    };
    return {
      next: () => {
        if (!open) return Promise.resolve({ done: true, value: undefined });
        if (this.#taken < this.#batch.length) {
          return Promise.resolve({ done: false, value: this.#take() });
        }
        return nextOfNewBatch();
      },
      return: async () => {
        open = false;
        // Ends a wait of this iterator's own, not that of another reader.
        if (waiting || !this.#locked) await this.#release();
        return { done: true, value: undefined };
      },
    };
  }

  async forEach(onMessage: (value: T) => void): Promise<void> {
    this.#lock();
    try {
      while (this.#taken < this.#batch.length) onMessage(this.#take());
      while (await this.#pull(onMessage)) {
        // All the work is in the callback.
      }
    } finally {
      this.#locked = false;
      await this.#release();
    }
  }

  /** Drops what was not taken; from now on it is the stream, closed as well, that answers readers. */
  close(): void {
    this.#closed = true;
    this.#batch = [];
    this.#taken = 0;
  }

  #lock(): void {
    if (this.#locked) {
      throw new FramingError("ERR_FRAMING_BUSY", "another reader is waiting for the next message");
    }
    this.#locked = true;
  }

  #take(): T {
    const value = this.#batch[this.#taken] as T;
    // The slot would keep the value alive as long as the batch.
    this.#batch[this.#taken++] = undefined as T;
    return value;
  }

  /** Gives the stream's reading side back when a loop here is over. */
  async #release(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    await source?.return?.();
  }

  async #fillBatch(): Promise<IteratorResult<T, undefined>> {
    const batch: T[] = [];
    const keep = (value: T): void => {
      batch.push(value);
    };
    try {
      while (batch.length === 0 && (await this.#pull(keep))) {
        // That chunk did not reach the end of a message.
      }
    } catch (error) {
      // What came before the error goes first; the next pull throws it again.
      if (batch.length === 0) throw error;
    }
    if (batch.length === 0) return { done: true, value: undefined };
    this.#batch = batch;
    this.#taken = 0;
    return { done: false, value: this.#take() };
  }

  /**
   * Gives `onMessage` the messages of the next chunk. False when no more will come, or when this wait
   * was ended by `#release`.
   */
  async #pull(onMessage: (value: T) => void): Promise<boolean> {
    if (!this.#closed) {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#finished) return false;
    }
    if (this.#interrupted) {
      this.#decode(this.#inputEnded ? undefined : noBytes, onMessage);
      return true;
    }
    if (!this.#inputEnded || this.#closed) {
      const source = (this.#source ??= this.#stream[Symbol.asyncIterator]());
      const result = await this.#read(source);
      if (result.done !== true) {
        this.#decode(result.value, onMessage);
        return true;
      }
      if (this.#source !== source || this.#closed) return false;
      this.#inputEnded = true;
    }
    this.#decode(undefined, onMessage);
    this.#finished = true;
    return true;
  }

  async #read(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    try {
      return await source.next();
    } catch (error) {
      this.#source = undefined;
      throw error;
    }
  }

  /** Takes a chunk, or the end of input, through decoder and codec. */
  #decode(chunk: Uint8Array | undefined, onMessage: (value: T) => void): void {
    const onFrame: OnFrame = (buffer, start, end) => {
      if (this.#closed) return;
      let value: T;
      try {
        // Always a plain Uint8Array, never a Buffer, whose `slice` and `toString` are others.
        value = this.#codec.decode(
          new Uint8Array(buffer.buffer, buffer.byteOffset + start, end - start),
        );
      } catch (error) {
        this.#failure = { error };
        throw error;
      }
      this.#interrupted = true;
      onMessage(value);
      this.#interrupted = false;
    };
    this.#interrupted = false;
    try {
      if (chunk === undefined) this.#decoder.end(onFrame);
      else this.#decoder.push(chunk, onFrame);
    } catch (error) {
      // What neither codec nor callback threw is the framer's: these bytes are no frame.
      if (!this.#interrupted) this.#failure ??= { error };
      throw error;
    }
  }
}
