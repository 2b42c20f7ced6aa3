/**
 * What went wrong, stable across versions.
 *
 * How a wait ended without what it waited for:
 * - `ERR_CONCURRENCY_ABORTED`: the call's signal was aborted (`cause`: the signal's reason);
 * - `ERR_CONCURRENCY_TIMEOUT`: the call's `timeoutMs` passed;
 * - `ERR_CONCURRENCY_CLOSED`: the queue was closed here, before or during the call;
 * - `ERR_CONCURRENCY_LIMIT`: as many calls as `maxWaiting` allows were waiting already.
 *
 * How a thread or process ended without a result:
 * - `ERR_CONCURRENCY_TERMINATED`: it was ended from outside before its function returned;
 * - `ERR_CONCURRENCY_EXITED`: it ended by itself before its function returned;
 * - `ERR_CONCURRENCY_BROKEN`: the process that serves a queue has ended.
 *
 * A mistake in the calling program:
 * - `ERR_CONCURRENCY_OPTION`: an option or argument outside what is allowed;
 * - `ERR_CONCURRENCY_RELEASED`: a guard was released a second time;
 * - `ERR_CONCURRENCY_TASK_DONE`: `taskDone` was called more often than items were taken;
 * - `ERR_CONCURRENCY_STATE`: a call at the wrong time, such as `join` of a pool that is not closed;
 * - `ERR_CONCURRENCY_CLONE`: a value cannot be copied to another thread or process (`cause`: why);
 * - `ERR_CONCURRENCY_MAIN_THREAD`: a call that blocks its thread was made in the main thread.
 */
export type ConcurrencyErrorCode =
  | "ERR_CONCURRENCY_ABORTED"
  | "ERR_CONCURRENCY_TIMEOUT"
  | "ERR_CONCURRENCY_CLOSED"
  | "ERR_CONCURRENCY_LIMIT"
  | "ERR_CONCURRENCY_OPTION"
  | "ERR_CONCURRENCY_RELEASED"
  | "ERR_CONCURRENCY_TASK_DONE"
  | "ERR_CONCURRENCY_TERMINATED"
  | "ERR_CONCURRENCY_EXITED"
  | "ERR_CONCURRENCY_BROKEN"
  | "ERR_CONCURRENCY_STATE"
  | "ERR_CONCURRENCY_CLONE"
  | "ERR_CONCURRENCY_MAIN_THREAD";

/**
 * Every error that this package raises. An error thrown by a function given to `Mutex.run` passes
 * through as it is.
 *
 * @example
 * import { ConcurrencyError, Mutex } from "@netloom/concurrency";
 * const mutex = new Mutex();
 * using held = await mutex.acquire();
 * try {
 *   await mutex.acquire({ timeoutMs: 20 });
 * } catch (error) {
 *   if (error instanceof ConcurrencyError) console.log(error.code); // ERR_CONCURRENCY_TIMEOUT
 * }
 */
export class ConcurrencyError extends Error {
  override readonly name: string = "ConcurrencyError";
  readonly code: ConcurrencyErrorCode;

  constructor(code: ConcurrencyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
