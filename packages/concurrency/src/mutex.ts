import type { AnyGuard, AnyMutex, WaitOptions } from "./contract.ts";
import { ConcurrencyError } from "./errors.ts";
import { checkMaxWaiting, refusal, WaitList } from "./wait-list.ts";

/** The settings of one `Mutex`. */
export interface MutexOptions {
  /**
   * How many calls may wait at the same time; one more rejects with `ERR_CONCURRENCY_LIMIT`. An integer
   * from 0, or `Infinity`. Default: 65,536.
   */
  readonly maxWaiting?: number | undefined;
}

/** A guard of a `Mutex`: as `AnyGuard`, and everything happens at once, so `using` is enough. */
export interface Guard extends AnyGuard, Disposable {
  release(): void;
}

const nothing: Promise<undefined> = Promise.resolve(undefined);

/**
 * One holder at a time among the tasks of one thread, first come, first served.
 *
 * Everything between two `await`s runs alone in JavaScript anyway; a mutex keeps others out **across**
 * an `await`: read a file, change it, write it back. A release hands over to the call that has waited
 * longest in the same step, so nobody can take the lock in between. Not reentrant: a holder that
 * acquires again waits for itself, until its signal or time limit ends the wait.
 *
 * @example
 * import { Mutex } from "@netloom/concurrency";
 * const mutex = new Mutex();
 * let balance = 100;
 * async function withdraw(amount: number): Promise<void> {
 *   using guard = await mutex.acquire({ timeoutMs: 1000 });
 *   const before = balance;
 *   await Promise.resolve(); // other tasks run here, but none is inside
 *   balance = before - amount;
 * }
 * await Promise.all([withdraw(30), withdraw(50)]);
 * console.log(balance); // 20
 */
export class Mutex implements AnyMutex {
  readonly #waiters: WaitList<Guard>;
  #locked = false;

  /** Throws `ERR_CONCURRENCY_OPTION` for an option out of its bounds. */
  constructor(options: MutexOptions = {}) {
    this.#waiters = new WaitList("Mutex.acquire", checkMaxWaiting(options.maxWaiting, "Mutex"));
  }

  /** Whether somebody holds it. */
  get locked(): boolean {
    return this.#locked;
  }

  /** How many calls are waiting for it. */
  get waiting(): number {
    return this.#waiters.length;
  }

  /**
   * Waits until it is free and takes it. Rejects with `ERR_CONCURRENCY_ABORTED`, `_TIMEOUT`, `_LIMIT` or
   * `_OPTION`, and has taken nothing then. Free: the promise is resolved already.
   */
  acquire(options?: WaitOptions): Promise<Guard> {
    const error = refusal(options, "Mutex.acquire");
    if (error !== undefined) return Promise.reject(error);
    if (this.#locked) return this.#waiters.wait(options, undefined);
    this.#locked = true;
    return Promise.resolve(new HeldGuard(this.#unlock));
  }

  /** Takes it if it is free; else `undefined`, at once. */
  tryAcquire(): Guard | undefined {
    if (this.#locked) return undefined;
    this.#locked = true;
    return new HeldGuard(this.#unlock);
  }

  /**
   * Calls `fn` while holding it, until what `fn` returns has settled, and passes on its result or
   * error. A free mutex calls `fn` before `run` returns, without a turn of the event loop. Rejects as
   * `acquire` does without having called `fn`; `options` limit the wait, not `fn` itself.
   */
  run<R>(fn: () => R | PromiseLike<R>, options?: WaitOptions): Promise<R> {
    const error = refusal(options, "Mutex.run");
    if (error !== undefined) return Promise.reject(error);
    if (this.#locked) return this.#waiters.wait(options, undefined).then(runHolding(fn));
    this.#locked = true;
    try {
      const result = fn();
      if (typeof (result as PromiseLike<R> | null | undefined)?.then === "function") {
        return this.#unlockAfter(result);
      }
      this.#unlock();
      return result === undefined ? (nothing as Promise<R>) : Promise.resolve(result);
    } catch (error) {
      this.#unlock();
      return Promise.reject(error);
    }
  }

  async #unlockAfter<R>(result: R | PromiseLike<R>): Promise<R> {
    try {
      return await result;
    } finally {
      this.#unlock();
    }
  }

  // One function a mutex, shared by its guards: they alone can unlock it.
  readonly #unlock = (): void => {
    const next = this.#waiters.shift();
    if (next === undefined) this.#locked = false;
    else next.resolve(new HeldGuard(this.#unlock));
  };
}

function runHolding<R>(fn: () => R | PromiseLike<R>): (guard: Guard) => Promise<R> {
  return async (guard) => {
    try {
      return await fn();
    } finally {
      guard.release();
    }
  };
}

/** The guard of a mutex whose release is one call, whatever the mutex is made of. */
export class HeldGuard implements Guard {
  #unlock: (() => void) | undefined;

  constructor(unlock: () => void) {
    this.#unlock = unlock;
  }

  get released(): boolean {
    return this.#unlock === undefined;
  }

  release(): void {
    const unlock = this.#unlock;
    if (unlock === undefined) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_RELEASED",
        "Guard.release: this guard was released before",
      );
    }
    this.#unlock = undefined;
    unlock();
  }

  [Symbol.dispose](): void {
    if (!this.released) this.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
    return nothing;
  }
}
