/**
 * The one place where calls wait: mutex and queue stand on it, so that cancellation is right once.
 *
 * A waiter is in the list exactly while it waits. Whoever takes it out (`shift`, an abort, a time
 * limit) removes its listener and timer in the same step and settles it, so the outcomes exclude each
 * other: a grant is made at the release, to a waiter that can no longer be cancelled, and a cancelled
 * waiter is no longer there to be granted anything. No wake-up can be lost between the two.
 */
import { unwatchAbort, watchAbort } from "./abort-watch.ts";
import type { Abortable } from "./abort-watch.ts";
import type { WaitOptions } from "./contract.ts";
import { ConcurrencyError } from "./errors.ts";

/** What one timer of Node can wait for, less the millisecond that `Waiter` adds. */
const maxTimeoutMs = 2_147_483_646;

/** The calls that one list lets wait by default. */
const defaultMaxWaiting = 65_536;

/** The error that a call must reject with before it takes anything, if there is one. */
export function refusal(
  options: WaitOptions | undefined,
  operation: string,
): ConcurrencyError | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== "object" || options === null) {
    return new ConcurrencyError(
      "ERR_CONCURRENCY_OPTION",
      `${operation}: options must be an object { signal, timeoutMs }, got ${String(options)}`,
    );
  }
  const { signal, timeoutMs } = options;
  if (
    timeoutMs !== undefined &&
    timeoutMs !== Infinity &&
    !(typeof timeoutMs === "number" && timeoutMs >= 0 && timeoutMs <= maxTimeoutMs)
  ) {
    return new ConcurrencyError(
      "ERR_CONCURRENCY_OPTION",
      `${operation}: timeoutMs must be from 0 to ${maxTimeoutMs}, or Infinity, got ${String(timeoutMs)}`,
    );
  }
  if (signal !== undefined) {
    if (typeof signal?.addEventListener !== "function") {
      return new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `${operation}: signal must be an AbortSignal, got ${signal === null ? "null" : typeof signal}`,
      );
    }
    if (signal.aborted) return abortedError(operation, signal.reason);
  }
  return undefined;
}

/** The error of a wait that its signal ended. */
export function abortedError(operation: string, reason: unknown): ConcurrencyError {
  return new ConcurrencyError("ERR_CONCURRENCY_ABORTED", `${operation}: aborted`, {
    cause: reason,
  });
}

/** The error of a wait that its time limit ended. */
export function timeoutError(operation: string, timeoutMs: number): ConcurrencyError {
  return new ConcurrencyError(
    "ERR_CONCURRENCY_TIMEOUT",
    `${operation}: not granted within ${timeoutMs} ms`,
  );
}

/** One waiting call. Once `shift` gave it out, the caller resolves or rejects it in the same step. */
class Waiter<V, P> implements Abortable {
  previous: Waiter<V, P> | undefined;
  next: Waiter<V, P> | undefined;
  readonly payload: P;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
  readonly #list: WaitList<V, P>;
  #signal: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    list: WaitList<V, P>,
    payload: P,
    resolve: (value: V) => void,
    reject: (error: unknown) => void,
  ) {
    this.#list = list;
    this.payload = payload;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** Starts the limits of the wait. */
  arm({ signal, timeoutMs = Infinity }: WaitOptions): void {
    if (signal !== undefined) {
      this.#signal = signal;
      watchAbort(signal, this);
    }
    if (timeoutMs !== Infinity) {
      // Node counts in whole milliseconds from the last whole one, so it may fire up to 1 ms early.
      this.#timer = setTimeout(() => {
        this.#list.remove(this);
        this.reject(timeoutError(this.#list.operation, timeoutMs));
      }, timeoutMs + 1);
    }
  }

  /** Ends them. */
  disarm(): void {
    if (this.#signal !== undefined) {
      unwatchAbort(this.#signal, this);
      this.#signal = undefined;
    }
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  abort(reason: unknown): void {
    this.#list.remove(this);
    this.reject(abortedError(this.#list.operation, reason));
  }
}

export type { Waiter };

/**
 * Waiting calls, first in, first out; append, removal and hand-over take constant time.
 *
 * `V` is what a waiter is granted, `P` what it brings along (a put its item).
 */
export class WaitList<V, P = undefined> {
  /** The call that waits here, for messages. */
  readonly operation: string;
  readonly #maxLength: number;
  #head: Waiter<V, P> | undefined;
  #tail: Waiter<V, P> | undefined;
  #length = 0;

  constructor(operation: string, maxLength: number) {
    this.operation = operation;
    this.#maxLength = maxLength;
  }

  get length(): number {
    return this.#length;
  }

  /** Waits at the end of the line. `options` have passed `refusal`. */
  wait(options: WaitOptions | undefined, payload: P): Promise<V> {
    if (options?.timeoutMs === 0) return Promise.reject(timeoutError(this.operation, 0));
    if (this.#length >= this.#maxLength) {
      return Promise.reject(
        new ConcurrencyError(
          "ERR_CONCURRENCY_LIMIT",
          `${this.operation}: ${this.#length} calls are waiting, as many as maxWaiting allows`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      const waiter = new Waiter<V, P>(this, payload, resolve, reject);
      this.#append(waiter);
      if (options !== undefined) waiter.arm(options);
    });
  }

  /** Takes out the one that has waited longest. The caller settles it at once. */
  shift(): Waiter<V, P> | undefined {
    const waiter = this.#head;
    if (waiter !== undefined) this.remove(waiter);
    return waiter;
  }

  /** Takes out a waiter of this list, wherever it stands. */
  remove(waiter: Waiter<V, P>): void {
    waiter.disarm();
    const { previous, next } = waiter;
    if (previous === undefined) this.#head = next;
    else previous.next = next;
    if (next === undefined) this.#tail = previous;
    else next.previous = previous;
    waiter.previous = undefined;
    waiter.next = undefined;
    this.#length--;
  }

  #append(waiter: Waiter<V, P>): void {
    waiter.previous = this.#tail;
    if (this.#tail === undefined) this.#head = waiter;
    else this.#tail.next = waiter;
    this.#tail = waiter;
    this.#length++;
  }
}

/** The bound on waiting calls that a constructor was given, or the default. */
export function checkMaxWaiting(maxWaiting: number | undefined, where: string): number {
  if (maxWaiting === undefined) return defaultMaxWaiting;
  if (maxWaiting === Infinity || (Number.isSafeInteger(maxWaiting) && maxWaiting >= 0)) {
    return maxWaiting;
  }
  throw new ConcurrencyError(
    "ERR_CONCURRENCY_OPTION",
    `${where}: maxWaiting must be an integer from 0, or Infinity, got ${String(maxWaiting)}`,
  );
}
