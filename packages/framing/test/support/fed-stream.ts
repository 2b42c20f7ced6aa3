import type { ByteStream, WaitOptions } from "@netloom/framing";

interface Waiter {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The smallest `ByteStream` that a test can look into: it reads what it is fed and records what is
 * written. (The in-memory pair of `@netloom/testing` stands above this package.)
 */
export class FedStream implements ByteStream {
  readonly written: Uint8Array[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly calls: string[] = [];
  /** How many reads were begun. */
  reads = 0;
  #queue: (Uint8Array | Error | undefined)[] = [];
  #waiter: Waiter | undefined;

  /** Adds chunks, an error that stays, or the end (undefined), which stays as well. */
  feed(...items: (Uint8Array | Error | undefined)[]): void {
    this.#queue.push(...items);
    const waiter = this.#waiter;
    if (waiter === undefined || this.#queue.length === 0) return;
    this.#waiter = undefined;
    this.#next().then(waiter.resolve, waiter.reject);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => {
        this.reads++;
        return this.#next();
      },
      return: () => {
        this.#waiter?.resolve({ done: true, value: undefined });
        this.#waiter = undefined;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#queue.length === 0) {
      return new Promise((resolve, reject) => {
        this.#waiter = { resolve, reject };
      });
    }
    const item = this.#queue[0];
    if (item instanceof Error) return Promise.reject(item);
    if (item === undefined) return Promise.resolve({ done: true, value: undefined });
    this.#queue.shift();
    return Promise.resolve({ done: false, value: item });
  }

  write(bytes: Uint8Array, options?: WaitOptions): Promise<void> {
    this.written.push(bytes);
    this.signals.push(options?.signal);
    return Promise.resolve();
  }

  end(): Promise<void> {
    this.calls.push("end");
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.calls.push("close");
    this.#queue = [];
    this.feed(new Error("closed here"));
    return Promise.resolve();
  }

  destroy(reason?: Error): void {
    this.calls.push(`destroy ${reason?.message}`);
    this.#queue = [];
    this.feed(new Error("destroyed here", { cause: reason }));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
