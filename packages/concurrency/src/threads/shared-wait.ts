/**
 * Waiting until another thread changes a word of shared memory, with the limits of every wait.
 *
 * The word belongs to the algorithm above. It also says, by `withdraw`, what a wait that has reached
 * its limit becomes: withdrawn (the call fails and has taken nothing) or too late (the other thread
 * has granted it in the meantime, and the call succeeds). So an outcome is decided in shared memory,
 * once, and no grant can be lost between two threads.
 */
import { isMainThread } from "node:worker_threads";

import { unwatchAbort, watchAbort } from "../abort-watch.ts";
import type { Abortable } from "../abort-watch.ts";
import type { WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { abortedError, timeoutError } from "../wait-list.ts";
import { keepAlive, releaseKeepAlive } from "./keep-alive.ts";

/** What a wait is for. */
export interface WordWait {
  readonly words: Int32Array<SharedArrayBuffer>;
  /** Which word. */
  readonly index: number;
  /** The wait lasts while the word has this value. */
  readonly value: number;
  /** The call that waits, for messages. */
  readonly operation: string;
  /**
   * Takes the wait back: `true` if it counts no longer, `false` if it was granted before. A withdrawal
   * also wakes the word's waiters, since a `waitAsync` cannot be cancelled.
   */
  readonly withdraw: () => boolean;
}

// In Node.js since 16, in TypeScript's library only from ES2024 on.
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
) => { readonly async: false } | { readonly async: true; readonly value: Promise<string> };
const { waitAsync } = Atomics as unknown as { readonly waitAsync: WaitAsync };

/**
 * Resolves when the word no longer has the value, or earlier: look again. Neither this nor anything in
 * it keeps the thread alive.
 */
export async function wordChange(
  words: Int32Array<SharedArrayBuffer>,
  index: number,
  value: number,
): Promise<void> {
  const result = waitAsync(words, index, value);
  if (result.async) await result.value;
}

/** Waits without blocking the thread. `options` have passed `refusal`. */
export function waitForWord(wait: WordWait, options: WaitOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    void new PendingWait(wait, options, resolve, reject).follow();
  });
}

class PendingWait implements Abortable {
  readonly #wait: WordWait;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #settled = false;

  constructor(
    wait: WordWait,
    { signal, timeoutMs = Infinity }: WaitOptions,
    resolve: () => void,
    reject: (error: unknown) => void,
  ) {
    this.#wait = wait;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    if (signal !== undefined) watchAbort(signal, this);
    if (timeoutMs !== Infinity) {
      // Node may fire up to 1 ms early.
      this.#timer = setTimeout(() => {
        this.#giveUp(timeoutError(wait.operation, timeoutMs));
      }, timeoutMs + 1);
    }
    keepAlive();
  }

  async follow(): Promise<void> {
    const { words, index, value } = this.#wait;
    while (!this.#settled && Atomics.load(words, index) === value) {
      await wordChange(words, index, value);
    }
    if (this.#settled) return;
    this.#end();
    this.#resolve();
  }

  abort(reason: unknown): void {
    this.#giveUp(abortedError(this.#wait.operation, reason));
  }

  #giveUp(error: ConcurrencyError): void {
    // Granted in the meantime: `follow` is about to see it.
    if (!this.#wait.withdraw()) return;
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    this.#settled = true;
    clearTimeout(this.#timer);
    if (this.#signal !== undefined) unwatchAbort(this.#signal, this);
    releaseKeepAlive();
  }
}

/** Waits with the thread blocked. `timeoutMs` has passed `refusal`. */
export function waitForWordSync(wait: WordWait, timeoutMs: number = Infinity): void {
  const { words, index, value, operation, withdraw } = wait;
  const deadline = performance.now() + timeoutMs;
  while (Atomics.load(words, index) === value) {
    const leftMs = deadline - performance.now();
    if (leftMs > 0) {
      Atomics.wait(words, index, value, leftMs);
    } else if (withdraw()) {
      throw timeoutError(operation, timeoutMs);
    }
  }
}

/** The refusal of a blocking call in the main thread, which serves every socket, timer and signal. */
export function checkMayBlock(operation: string): void {
  if (!isMainThread) return;
  throw new ConcurrencyError(
    "ERR_CONCURRENCY_MAIN_THREAD",
    `${operation} blocks its thread: call it in a worker thread, and wait with await here`,
  );
}
