import type { AnyQueue, CloseOptions, WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { Queue as TaskQueue } from "../queue.ts";
import type { QueueOptions } from "../queue.ts";
import { refusal } from "../wait-list.ts";
import { decodeValue, encodeValue } from "./wire-value.ts";

/**
 * Passes items between this process and its children, first in, first out.
 *
 * The process that makes it serves it: the items lie there, as copies, and waiting calls of all
 * processes stand in one line there. Give it to a child as an argument of `Process` or of a pool's
 * task; what the child gets meets the same contract, every call a round trip to this process.
 *
 * A child that dies while it waits takes nothing along: an item on its way to it goes back to the
 * front of the queue, and is delivered to the next. What a child has received is its own.
 *
 * @example
 * import { Process, Queue } from "@netloom/concurrency/processes";
 * const pages = new Queue<string>({ capacity: 10 });
 * Process.start(new URL("./crawl.js", import.meta.url), "crawl", [pages]);
 * for await (const page of pages) console.log(page); // until the child closes it
 */
export class Queue<T> implements AnyQueue<T> {
  /** How many items it stores at most. */
  readonly capacity: number;
  readonly #items: TaskQueue<Uint8Array>;
  // Taken by children that died before they had them: the next to be taken. They stay counted as
  // taken, so that `join` waits for them too.
  readonly #returned: Uint8Array[] = [];
  #dropping = false;

  /** Throws `ERR_CONCURRENCY_OPTION` for an option out of its bounds. */
  constructor(options: QueueOptions = {}) {
    this.#items = new TaskQueue(options);
    this.capacity = this.#items.capacity;
  }

  /** How many items it stores now. A hint: another process may put or take before you act on it. */
  get size(): number {
    return this.#items.size + this.#returned.length;
  }

  /** Whether it stores `capacity` items. A hint, as `size` is. */
  get full(): boolean {
    return this.size >= this.capacity;
  }

  /** Whether it stores no item. A hint: a consumer that stops when it is empty may stop too early. */
  get empty(): boolean {
    return this.size === 0;
  }

  /** Whether `close` was called. Items may still be stored. */
  get closed(): boolean {
    return this.#items.closed;
  }

  /**
   * Waits for room and stores a copy of the item. Rejects as `put` of the task scope does, and with
   * `ERR_CONCURRENCY_CLONE` for an item that cannot be copied.
   */
  async put(item: T, options?: WaitOptions): Promise<void> {
    await this.putBytes(encodeValue(item, "the item"), options);
  }

  /** Waits for an item and takes it. Rejects as `get` of the task scope does. */
  async get(options?: WaitOptions): Promise<T> {
    return decodeValue(await this.getBytes(options)) as T;
  }

  /** Stores a copy of the item if there is room: `true`, else `false`. Throws as `put` rejects. */
  tryPut(item: T): boolean {
    return this.tryPutBytes(encodeValue(item, "the item"));
  }

  /** Takes an item if there is one, else `undefined`. Throws `ERR_CONCURRENCY_CLOSED` as `get` does. */
  tryGet(): { readonly value: T } | undefined {
    const bytes = this.tryGetBytes();
    return bytes === undefined ? undefined : { value: decodeValue(bytes) as T };
  }

  /**
   * Says that the work on one taken item is done, for `join`. Throws `ERR_CONCURRENCY_TASK_DONE` when
   * called more often than items were taken.
   */
  taskDone(): void {
    this.#items.taskDone();
  }

  /**
   * Waits until `taskDone` was called for every item that was put and not dropped. An item that was
   * received by a child that then died is never done.
   */
  join(options?: WaitOptions): Promise<void> {
    return this.#items.join(options);
  }

  /**
   * Ends it for all processes: puts reject at once with `ERR_CONCURRENCY_CLOSED`; gets and iterations
   * take what is stored, then reject and end. `immediate` drops what is stored.
   */
  // A function of the object itself, which the structured clone algorithm refuses: a queue at a place
  // where it cannot be passed on is an error, not an empty object.
  readonly close = (options: CloseOptions = {}): void => {
    this.#items.close(options);
    if (options.immediate !== true) return;
    this.#dropping = true;
    for (const _ of this.#returned.splice(0)) this.#items.taskDone();
  };

  /** Takes items as `get` does, until the queue is closed and drained. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, undefined> {
    while (true) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof ConcurrencyError && error.code === "ERR_CONCURRENCY_CLOSED") {
          return undefined;
        }
        throw error;
      }
      yield item;
    }
  }

  /** Closes it as `close()` does: consumers may still take what is stored. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** `put` of an item that is copied already. @internal */
  putBytes(bytes: Uint8Array, options?: WaitOptions): Promise<void> {
    return this.#items.put(bytes, options);
  }

  /** `tryPut` of an item that is copied already. @internal */
  tryPutBytes(bytes: Uint8Array): boolean {
    return this.#items.tryPut(bytes);
  }

  /** `get`, the copy itself. @internal */
  getBytes(options?: WaitOptions): Promise<Uint8Array> {
    if (this.#returned.length === 0) return this.#items.get(options);
    const error = refusal(options, "Queue.get");
    if (error !== undefined) return Promise.reject(error);
    return Promise.resolve(this.#returned.shift() as Uint8Array);
  }

  /** `tryGet`, the copy itself. @internal */
  tryGetBytes(): Uint8Array | undefined {
    return this.#returned.shift() ?? this.#items.tryGet()?.value;
  }

  /** Takes back an item that was taken and never arrived, to the front. @internal */
  giveBack(bytes: Uint8Array): void {
    const items = this.#items;
    if (this.#dropping) {
      items.taskDone();
      return;
    }
    // Only while nothing is stored can there be calls that wait for it.
    if (this.#returned.length === 0 && items.empty && !items.closed) {
      items.tryPut(bytes);
      const handedOver = items.empty;
      if (!handedOver) items.tryGet();
      // It counts as taken twice now: by the child that died, and by whoever has it, or by us.
      items.taskDone();
      if (handedOver) return;
    }
    this.#returned.push(bytes);
  }
}
