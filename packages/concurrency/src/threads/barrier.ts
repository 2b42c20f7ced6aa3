import type { WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { refusal, timeoutError } from "../wait-list.ts";
import type { BlockingOptions } from "./mutex.ts";
import { checkMayBlock, waitForWord, waitForWordSync } from "./shared-wait.ts";
import type { WordWait } from "./shared-wait.ts";

/** A barrier as a message: `Barrier.from` makes it a barrier again, in any thread. */
export interface BarrierHandle {
  readonly type: "netloom.barrier";
  readonly buffer: SharedArrayBuffer;
}

// Words. The round is what the waiters sleep on; the arrivals carry the low half of their round with
// them, so that arriving and going on to the next round is one compare-and-exchange.
const parties = 0;
const arrivals = 1;
const round = 2;
const totalWords = 3;

const mostParties = 65_535;

/**
 * Lets threads go on together: each one that arrives waits until as many as the barrier was made for
 * have arrived. Then all go on, and the barrier starts over. Without it the first of several threads
 * may be done before the last has started.
 *
 * It lives in shared memory: `barrier.handle` goes to another thread as an argument or a message, and
 * `Barrier.from(handle)` is the same barrier there. A wait that reaches its limit takes its arrival
 * back, so the others go on waiting for one more.
 *
 * @example
 * import { Barrier } from "@netloom/concurrency/threads";
 * const barrier = new Barrier(2);
 * await Promise.all([barrier.wait(), Barrier.from(barrier.handle).wait()]);
 * console.log("both have arrived");
 */
export class Barrier {
  #words: Int32Array<SharedArrayBuffer>;

  /**
   * @param size - how many arrivals open it, from 1 to 65,535; anything else throws
   *   `ERR_CONCURRENCY_OPTION`
   */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1 || size > mostParties) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Barrier: the number of parties must be an integer from 1 to ${mostParties}, got ${String(size)}`,
      );
    }
    this.#words = new Int32Array(new SharedArrayBuffer(totalWords * Int32Array.BYTES_PER_ELEMENT));
    this.#words[parties] = size;
  }

  /** The barrier that a handle came from. Throws `ERR_CONCURRENCY_OPTION` for anything else. */
  static from(handle: BarrierHandle): Barrier {
    const buffer = handle?.type === "netloom.barrier" ? handle.buffer : undefined;
    if (
      !(buffer instanceof SharedArrayBuffer) ||
      buffer.byteLength !== totalWords * Int32Array.BYTES_PER_ELEMENT
    ) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        "Barrier.from: expected the handle of a barrier between threads",
      );
    }
    const barrier = new Barrier(1);
    barrier.#words = new Int32Array(buffer);
    return barrier;
  }

  /** What to hand to another thread: a plain message. */
  get handle(): BarrierHandle {
    return { type: "netloom.barrier", buffer: this.#words.buffer };
  }

  /** How many arrivals open it. */
  get parties(): number {
    return Atomics.load(this.#words, parties);
  }

  /** How many have arrived and wait for the others. */
  get waiting(): number {
    return Atomics.load(this.#words, arrivals) & mostParties;
  }

  /**
   * Arrives, and waits for the others without blocking the thread. Rejects with
   * `ERR_CONCURRENCY_ABORTED`, `_TIMEOUT` or `_OPTION`, and has not arrived then.
   */
  async wait(options?: WaitOptions): Promise<void> {
    const wait = this.#arrive(options, "Barrier.wait");
    if (wait !== undefined) await waitForWord(wait, options);
  }

  /**
   * Arrives, and waits for the others with the thread blocked. Throws as `wait` rejects, and
   * `ERR_CONCURRENCY_MAIN_THREAD` in the main thread.
   */
  waitSync(options?: BlockingOptions): void {
    checkMayBlock("Barrier.waitSync");
    const wait = this.#arrive(options, "Barrier.waitSync");
    if (wait !== undefined) waitForWordSync(wait, options?.timeoutMs);
  }

  /** Counts this arrival; the last one opens the barrier. */
  #arrive(options: WaitOptions | undefined, operation: string): WordWait | undefined {
    const error = refusal(options, operation);
    if (error !== undefined) throw error;
    const words = this.#words;
    for (;;) {
      const before = Atomics.load(words, arrivals);
      const isLast = (before & mostParties) + 1 >= this.parties;
      if (!isLast && options?.timeoutMs === 0) throw timeoutError(operation, 0);
      const value = Atomics.load(words, round);
      // A round that is over at one word and not yet at the other: its last arrival is between the two.
      if (((value ^ (before >>> 16)) & mostParties) !== 0) continue;
      const after = isLast ? (value + 1) << 16 : before + 1;
      if (Atomics.compareExchange(words, arrivals, before, after) !== before) continue;
      if (!isLast) {
        const withdraw = (): boolean => this.#withdraw(value);
        return { words, index: round, value, operation, withdraw };
      }
      Atomics.store(words, round, value + 1);
      Atomics.notify(words, round);
      return undefined;
    }
  }

  /** Takes an arrival of a round back: `false` if the round was completed before. */
  #withdraw(value: number): boolean {
    const words = this.#words;
    for (;;) {
      const before = Atomics.load(words, arrivals);
      if ((((before >>> 16) ^ value) & mostParties) !== 0) return false;
      if (Atomics.compareExchange(words, arrivals, before, before - 1) !== before) continue;
      // The others look again and sleep on; the wait that was given up ends.
      Atomics.notify(words, round);
      return true;
    }
  }
}
