import type { AnyMutex, WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { HeldGuard } from "../mutex.ts";
import type { Guard } from "../mutex.ts";
import { refusal, timeoutError } from "../wait-list.ts";
import { MutexState, taken, waiting } from "./mutex-state.ts";
import { checkMayBlock, waitForWord, waitForWordSync } from "./shared-wait.ts";
import type { WordWait } from "./shared-wait.ts";

/** The settings of one `Mutex` between threads. */
export interface MutexOptions {
  /**
   * How many calls of all threads together may wait at the same time; one more fails with
   * `ERR_CONCURRENCY_LIMIT`. Each place takes 16 bytes. An integer from 0 to 65,536. Default: 1,024.
   */
  readonly maxWaiting?: number | undefined;
}

/** A mutex as a message: `Mutex.from` makes it a mutex again, in any thread. */
export interface MutexHandle {
  readonly type: "netloom.mutex";
  readonly buffer: SharedArrayBuffer;
}

/** The limits of a call that blocks its thread. A blocked thread hears no signal. */
export interface BlockingOptions {
  /** As `timeoutMs` of every wait. Default: `Infinity`. */
  readonly timeoutMs?: number | undefined;
}

/** Which threads are at a mutex, by thread id. */
export interface MutexInspection {
  /** The thread that holds it. */
  readonly holder: number | undefined;
  /** The threads that wait, longest first; one with several waiting calls is there as often. */
  readonly waiters: readonly number[];
}

const defaultMaxWaiting = 1024;
const mostWaiting = 65_536;

/**
 * One holder at a time among all threads that have it, first come, first served. The same contract as
 * the `Mutex` of the main entry: a release hands over to the call that has waited longest, of whatever
 * thread; every wait takes a signal and a time limit; it is not reentrant.
 *
 * It lives in shared memory. `mutex.handle` goes to another thread as an argument or a message, and
 * `Mutex.from(handle)` is the same mutex there. `acquire` waits without blocking, in every thread;
 * `acquireSync` blocks, in worker threads only.
 *
 * A thread that ends while it holds the mutex leaves it locked; so does one that is terminated while it
 * waits, once its turn comes.
 *
 * @example
 * import { Mutex } from "@netloom/concurrency/threads";
 * const mutex = new Mutex();
 * const same = Mutex.from(mutex.handle); // as another thread would
 * using guard = await mutex.acquire();
 * console.log(same.locked, same.tryAcquire()); // true undefined
 */
export class Mutex implements AnyMutex {
  #state: MutexState;

  /** Throws `ERR_CONCURRENCY_OPTION` for an option out of its bounds. */
  constructor({ maxWaiting = defaultMaxWaiting }: MutexOptions = {}) {
    if (!Number.isInteger(maxWaiting) || maxWaiting < 0 || maxWaiting > mostWaiting) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Mutex: maxWaiting must be an integer from 0 to ${mostWaiting}, got ${String(maxWaiting)}`,
      );
    }
    this.#state = MutexState.create(maxWaiting);
  }

  /** The mutex that a handle came from. Throws `ERR_CONCURRENCY_OPTION` for anything else. */
  static from(handle: MutexHandle): Mutex {
    const buffer = handle?.type === "netloom.mutex" ? handle.buffer : undefined;
    if (!(buffer instanceof SharedArrayBuffer) || !MutexState.fits(buffer)) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        "Mutex.from: expected the handle of a mutex between threads",
      );
    }
    const mutex = new Mutex({ maxWaiting: 0 });
    mutex.#state = new MutexState(buffer);
    return mutex;
  }

  /** What to hand to another thread: a plain message. */
  get handle(): MutexHandle {
    return { type: "netloom.mutex", buffer: this.#state.words.buffer };
  }

  /** Whether somebody holds it. */
  get locked(): boolean {
    return this.#state.locked;
  }

  /** How many calls of all threads are waiting for it. */
  get waiting(): number {
    return this.#state.waiting;
  }

  /** Who holds it and who waits for it now. */
  inspect(): MutexInspection {
    return this.#state.inspect();
  }

  /**
   * Waits until it is free and takes it, without blocking the thread. Rejects with
   * `ERR_CONCURRENCY_ABORTED`, `_TIMEOUT`, `_LIMIT` or `_OPTION`, and has taken nothing then.
   */
  async acquire(options?: WaitOptions): Promise<Guard> {
    const wait = this.#enter(options, "Mutex.acquire");
    if (wait !== undefined) {
      await waitForWord(wait, options);
      this.#state.accept(wait.index);
    }
    return new HeldGuard(this.#unlock);
  }

  /**
   * Waits until it is free and takes it, with the thread blocked. Throws as `acquire` rejects, and
   * `ERR_CONCURRENCY_MAIN_THREAD` in the main thread.
   */
  acquireSync(options?: BlockingOptions): Guard {
    checkMayBlock("Mutex.acquireSync");
    const wait = this.#enter(options, "Mutex.acquireSync");
    if (wait !== undefined) {
      waitForWordSync(wait, options?.timeoutMs);
      this.#state.accept(wait.index);
    }
    return new HeldGuard(this.#unlock);
  }

  /** Takes it if it is free; else `undefined`, at once. */
  tryAcquire(): Guard | undefined {
    return this.#state.take() ? new HeldGuard(this.#unlock) : undefined;
  }

  /**
   * Calls `fn` while holding it, until what `fn` returns has settled, and passes on its result or
   * error. Rejects as `acquire` does without having called `fn`; `options` limit the wait, not `fn`.
   */
  async run<R>(fn: () => R | PromiseLike<R>, options?: WaitOptions): Promise<R> {
    const guard = await this.acquire(options);
    try {
      return await fn();
    } finally {
      guard.release();
    }
  }

  /** Takes it, or a place in the line: what to wait for. */
  #enter(options: WaitOptions | undefined, operation: string): WordWait | undefined {
    const error = refusal(options, operation);
    if (error !== undefined) throw error;
    const state = this.#state;
    if (options?.timeoutMs === 0) {
      if (state.take()) return undefined;
      throw timeoutError(operation, 0);
    }
    const index = state.enqueue(operation);
    if (index === taken) return undefined;
    const withdraw = (): boolean => state.withdraw(index);
    return { words: state.words, index, value: waiting, operation, withdraw };
  }

  // One function a mutex, shared by its guards: they alone can unlock it.
  readonly #unlock = (): void => this.#state.release();
}
