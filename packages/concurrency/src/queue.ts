import type { AnyQueue, CloseOptions, WaitOptions } from "./contract.ts";
import { ConcurrencyError } from "./errors.ts";
import { Ring } from "./ring.ts";
import { checkMaxWaiting, refusal, WaitList } from "./wait-list.ts";

/** The settings of one `Queue`. */
export interface QueueOptions {
  /**
   * How many items it stores at most. An integer from 1, or `Infinity` for no bound (then a producer
   * that is faster than its consumers fills the memory). Default: 1,024.
   */
  readonly capacity?: number | undefined;
  /**
   * How many `put`, `get` and `join` calls may wait at the same time, each kind counted by itself; one
   * more rejects with `ERR_CONCURRENCY_LIMIT`. An integer from 0, or `Infinity`. Default: 65,536.
   */
  readonly maxWaiting?: number | undefined;
}

const defaultCapacity = 1024;
const done: Promise<void> = Promise.resolve();

/** What waits for an item: a `get`, or the `next` of an iteration, which wants it wrapped. */
type Getter = "get" | "next";

/**
 * Passes items from producers to consumers among the tasks of one thread, first in, first out.
 *
 * It is bounded: a `put` into a full queue waits, so producers slow down to the pace of the consumers.
 * Items and waiting calls are served in the order of their arrival. A `put` or `get` that rejects has
 * not stored or taken anything, and an item is never lost to a call that was cancelled.
 *
 * `close()` ends it: puts fail at once, gets take what is stored and then fail, iterations end.
 * `await using queue = new Queue()` closes it so at the end of the block.
 *
 * Where nothing has to wait, `put` and `get` return promises that are resolved already. An item that is
 * itself a promise is awaited by `get`, as every promise result is; `tryGet` and iteration give it as it
 * is.
 *
 * @example
 * import { Queue } from "@netloom/concurrency";
 * const queue = new Queue<number>({ capacity: 2 });
 * async function produce(): Promise<void> {
 *   for (let i = 0; i < 5; i++) await queue.put(i); // waits while two are stored
 *   queue.close();
 * }
 * void produce();
 * for await (const item of queue) console.log(item); // 0 1 2 3 4, then the loop ends
 */
export class Queue<T> implements AnyQueue<T> {
  /** How many items it stores at most. */
  readonly capacity: number;
  readonly #items = new Ring<T>();
  // Calls wait at one end only: putters while it is full, getters while it is empty.
  readonly #putters: WaitList<void, T>;
  readonly #getters: WaitList<T | IteratorResult<T, undefined>, Getter>;
  readonly #joiners: WaitList<void>;
  // Items that were taken and not reported done. With the stored ones they are what `join` waits for.
  #taken = 0;
  #closed = false;

  /** Throws `ERR_CONCURRENCY_OPTION` for an option out of its bounds. */
  constructor(options: QueueOptions = {}) {
    const { capacity = defaultCapacity } = options;
    if (capacity !== Infinity && !(Number.isSafeInteger(capacity) && capacity >= 1)) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Queue: capacity must be an integer from 1, or Infinity, got ${String(capacity)}`,
      );
    }
    const maxWaiting = checkMaxWaiting(options.maxWaiting, "Queue");
    this.capacity = capacity;
    this.#putters = new WaitList("Queue.put", maxWaiting);
    this.#getters = new WaitList("Queue.get", maxWaiting);
    this.#joiners = new WaitList("Queue.join", maxWaiting);
  }

  /** How many items it stores now. */
  get size(): number {
    return this.#items.length;
  }

  /** Whether it stores `capacity` items. */
  get full(): boolean {
    return this.#items.length >= this.capacity;
  }

  /** Whether it stores no item. */
  get empty(): boolean {
    return this.#items.length === 0;
  }

  /** Whether `close` was called. Items may still be stored. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Waits for room and stores the item. Rejects with `ERR_CONCURRENCY_CLOSED`, `_ABORTED`, `_TIMEOUT`,
   * `_LIMIT` or `_OPTION`, and has not stored it then.
   */
  put(item: T, options?: WaitOptions): Promise<void> {
    const error = refusal(options, "Queue.put");
    if (error !== undefined) return Promise.reject(error);
    if (this.#closed) return Promise.reject(closedError("Queue.put"));
    if (this.#store(item)) return done;
    return this.#putters.wait(options, item);
  }

  /**
   * Waits for an item and takes it. Rejects with `ERR_CONCURRENCY_CLOSED` (closed and drained),
   * `_ABORTED`, `_TIMEOUT`, `_LIMIT` or `_OPTION`, and has not taken one then.
   */
  get(options?: WaitOptions): Promise<T> {
    const error = refusal(options, "Queue.get");
    if (error !== undefined) return Promise.reject(error);
    if (this.#items.length > 0) return Promise.resolve(this.#take());
    if (this.#closed) return Promise.reject(closedError("Queue.get"));
    return this.#getters.wait(options, "get") as Promise<T>;
  }

  /**
   * Stores the item if there is room, or hands it to a waiting consumer, at once: `true`. Full: `false`.
   * Throws `ERR_CONCURRENCY_CLOSED` once closed.
   */
  tryPut(item: T): boolean {
    if (this.#closed) throw closedError("Queue.tryPut");
    return this.#store(item);
  }

  /**
   * Takes an item if there is one, at once: `{ value }`, so that an item `undefined` differs from none.
   * Empty: `undefined`. Throws `ERR_CONCURRENCY_CLOSED` once closed and drained.
   */
  tryGet(): { readonly value: T } | undefined {
    if (this.#items.length > 0) return { value: this.#take() };
    if (this.#closed) throw closedError("Queue.tryGet");
    return undefined;
  }

  /**
   * Says that the work on one taken item is done, for `join`. Who does not use `join` need not call it.
   * Throws `ERR_CONCURRENCY_TASK_DONE` when called more often than items were taken.
   */
  taskDone(): void {
    if (this.#taken === 0) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_TASK_DONE",
        "Queue.taskDone: called too many times, every item that was taken is done already",
      );
    }
    this.#taken--;
    this.#releaseJoiners();
  }

  /**
   * Waits until `taskDone` was called for every item that was put, other than those that an immediate
   * close dropped. At once where none is left. Rejects with `ERR_CONCURRENCY_ABORTED`, `_TIMEOUT`,
   * `_LIMIT` or `_OPTION`.
   */
  join(options?: WaitOptions): Promise<void> {
    const error = refusal(options, "Queue.join");
    if (error !== undefined) return Promise.reject(error);
    if (this.#taken === 0 && this.#items.length === 0) return done;
    return this.#joiners.wait(options, undefined);
  }

  /**
   * Ends it, at once: puts and waiting puts reject with `ERR_CONCURRENCY_CLOSED` and their items are not
   * stored; gets and iterations take what is stored, then reject and end. With `immediate` what is
   * stored is dropped and no longer counts for `join`. Calling it again is allowed; `immediate` is never
   * undone.
   */
  close(options: CloseOptions = {}): void {
    this.#closed = true;
    for (let putter = this.#putters.shift(); putter !== undefined; putter = this.#putters.shift()) {
      putter.reject(closedError("Queue.put"));
    }
    // Whoever waits for an item waits in vain: the queue is empty, and no put can come any more.
    for (let getter = this.#getters.shift(); getter !== undefined; getter = this.#getters.shift()) {
      if (getter.payload === "get") getter.reject(closedError("Queue.get"));
      else getter.resolve({ done: true, value: undefined });
    }
    if (options.immediate === true) {
      this.#items.clear();
      this.#releaseJoiners();
    }
  }

  /**
   * Takes items as `get` does, until the queue is closed and drained. Several iterations share the
   * items: each goes to one of them. Leaving the loop takes nothing with it and leaves the queue open.
   */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    let ended = false;
    return {
      next: (): Promise<IteratorResult<T, undefined>> => {
        if (!ended && this.#items.length > 0) {
          return Promise.resolve({ done: false, value: this.#take() });
        }
        if (ended || this.#closed) return Promise.resolve({ done: true, value: undefined });
        return this.#getters.wait(undefined, "next") as Promise<IteratorResult<T, undefined>>;
      },
      return: (): Promise<IteratorResult<T, undefined>> => {
        ended = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  /** Closes it as `close()` does: consumers may still take what is stored. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return done;
  }

  /** Hands the item over or stores it; `false` where the queue is full. */
  #store(item: T): boolean {
    const getter = this.#getters.shift();
    if (getter === undefined) {
      if (this.#items.length >= this.capacity) return false;
      this.#items.push(item);
    } else {
      this.#taken++;
      getter.resolve(getter.payload === "get" ? item : { done: false, value: item });
    }
    return true;
  }

  /** Takes the oldest item of a queue that is not empty, and lets the first waiting put in. */
  #take(): T {
    const item = this.#items.shift();
    this.#taken++;
    const putter = this.#putters.shift();
    if (putter !== undefined) {
      this.#items.push(putter.payload);
      putter.resolve();
    }
    return item;
  }

  #releaseJoiners(): void {
    if (this.#taken > 0 || this.#items.length > 0) return;
    for (let joiner = this.#joiners.shift(); joiner !== undefined; joiner = this.#joiners.shift()) {
      joiner.resolve();
    }
  }
}

function closedError(operation: string): ConcurrencyError {
  return new ConcurrencyError("ERR_CONCURRENCY_CLOSED", `${operation}: the queue is closed`);
}
