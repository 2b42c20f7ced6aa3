import { TestingError } from "./errors.ts";

interface WaitingWrite {
  readonly bytes: Uint8Array;
  readonly settle: (error?: Error) => void;
}

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

interface SideErrors {
  readonly reader?: TestingError | undefined;
  readonly writer?: TestingError | undefined;
}

/** One direction of a memory pair: a bounded buffer with a line of writes that wait for room. */
export class MemoryPipe {
  readonly #highWaterBytes: number;
  readonly #chunkBytes: number;
  /** Accepted and not read: the first chunk from `#offset` on, then the others. */
  #chunks: Uint8Array[] = [];
  #offset = 0;
  #buffered = 0;
  #line: WaitingWrite[] = [];
  #reader: Waiter<Uint8Array | undefined> | undefined;
  /** The one outcome of `end`, and how to settle it while writes are in line. */
  #ending: Promise<void> | undefined;
  #endWaiter: Waiter<void> | undefined;
  /** What calls of the writing side and of the reading side reject with from now on. */
  #writerError: TestingError | undefined;
  #readerError: TestingError | undefined;
  /** Everything that was written, and the end, was accepted. */
  ended = false;
  /** The reader has seen the end. */
  endRead = false;

  constructor(highWaterBytes: number, chunkBytes: number) {
    this.#highWaterBytes = highWaterBytes;
    this.#chunkBytes = chunkBytes;
  }

  write(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    if (!(bytes instanceof Uint8Array)) {
      return Promise.reject(
        new TestingError("ERR_TESTING_ARGUMENT", `write takes a Uint8Array, not ${typeof bytes}`),
      );
    }
    if (this.#writerError !== undefined) return Promise.reject(this.#writerError);
    if (signal?.aborted === true) return Promise.reject(aborted(signal));
    if (this.#line.length === 0 && this.#buffered < this.#highWaterBytes) {
      this.#accept(bytes);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#line = this.#line.filter((other) => other !== waiting);
        waiting.settle(aborted(signal as AbortSignal));
        this.#finishEnding();
      };
      const waiting: WaitingWrite = {
        bytes,
        settle: (error) => {
          signal?.removeEventListener("abort", onAbort);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      signal?.addEventListener("abort", onAbort);
      this.#line.push(waiting);
    });
  }

  end(): Promise<void> {
    if (this.#ending !== undefined) return this.#ending;
    const failure = this.#writerError;
    this.#writerError = new TestingError("ERR_TESTING_CLOSED", "this side was ended here");
    if (failure !== undefined) this.#ending = Promise.reject(failure);
    else {
      this.#ending = new Promise((resolve, reject) => {
        this.#endWaiter = { resolve, reject };
      });
      this.#finishEnding();
    }
    return this.#ending;
  }

  /** The next chunk, owned by the caller; undefined at the end, or when the read was cancelled. */
  read(): Promise<Uint8Array | undefined> {
    if (this.#readerError !== undefined) return Promise.reject(this.#readerError);
    if (this.#reader !== undefined) {
      return Promise.reject(
        new TestingError("ERR_TESTING_BUSY", "another read of this stream is waiting"),
      );
    }
    if (this.#buffered > 0) return Promise.resolve(this.#take());
    if (this.ended) {
      this.endRead = true;
      return Promise.resolve(undefined);
    }
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  cancelRead(): void {
    this.#wakeReader(undefined);
  }

  /** The reading side has closed: it reads no more, and what is written from now on cannot arrive. */
  abandon(readerError: TestingError): void {
    const writer = new TestingError("ERR_TESTING_BROKEN", "the peer has closed the stream");
    const nothingWaits = this.#line.length === 0;
    this.breakOff({ reader: readerError, writer });
    // Whoever wrote everything before and only says so now is not told of a failure.
    if (nothingWaits) this.#ending ??= Promise.resolve();
  }

  /** Ends a side, or both, at once: what waits rejects, and what was not read is dropped. */
  breakOff({ reader, writer }: SideErrors): void {
    if (reader !== undefined && !this.endRead) {
      this.#chunks = [];
      this.#offset = 0;
      this.#buffered = 0;
    }
    if (reader !== undefined) {
      this.#readerError = stronger(this.#readerError, reader);
      this.#reader?.reject(reader);
      this.#reader = undefined;
    }
    if (writer !== undefined) {
      this.#writerError = stronger(this.#writerError, writer);
      const line = this.#line;
      this.#line = [];
      for (const waiting of line) waiting.settle(writer);
      this.#endWaiter?.reject(writer);
      this.#endWaiter = undefined;
    }
  }

  #accept(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#buffered += bytes.length;
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#reader = undefined;
    reader.resolve(this.#take());
  }

  #wakeReader(chunk: Uint8Array | undefined): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.resolve(chunk);
  }

  /** Copies the next chunk out of the buffer, so that reader and writer share no memory. */
  #take(): Uint8Array {
    const chunk = new Uint8Array(Math.min(this.#buffered, this.#chunkBytes));
    let filled = 0;
    while (filled < chunk.length) {
      const first = this.#chunks[0] as Uint8Array;
      const part = first.subarray(this.#offset, this.#offset + chunk.length - filled);
      chunk.set(part, filled);
      filled += part.length;
      this.#offset += part.length;
      if (this.#offset === first.length) {
        this.#chunks.shift();
        this.#offset = 0;
      }
    }
    this.#buffered -= filled;
    this.#admit();
    return chunk;
  }

  /** Lets those in line go on as far as there is room. */
  #admit(): void {
    while (this.#buffered < this.#highWaterBytes) {
      const waiting = this.#line.shift();
      if (waiting === undefined) break;
      this.#accept(waiting.bytes);
      waiting.settle();
    }
    this.#finishEnding();
  }

  #finishEnding(): void {
    if (this.#endWaiter === undefined || this.#line.length > 0) return;
    this.ended = true;
    this.#endWaiter.resolve();
    this.#endWaiter = undefined;
    if (this.#reader !== undefined) {
      this.endRead = true;
      this.#wakeReader(undefined);
    }
  }
}

/** What a side did itself counts before what its peer did; else the first stays. */
function stronger(present: TestingError | undefined, next: TestingError): TestingError {
  return present === undefined || next.code === "ERR_TESTING_CLOSED" ? next : present;
}

function aborted(signal: AbortSignal): TestingError {
  return new TestingError("ERR_TESTING_ABORTED", "the call was aborted", { cause: signal.reason });
}
