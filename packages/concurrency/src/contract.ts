/**
 * The contract of mutex and queue, apart from any implementation, so that it can be met between the
 * tasks of one thread, between threads, and between processes.
 *
 * What may have to wait returns a promise. What never waits for another party is `Awaitable`: within
 * one thread the answer is there at once; where the state lives in another process it takes a round
 * trip. A program written against these interfaces writes `await` in both cases; one written against
 * the classes of this package need not.
 */

/** A value that is there at once, or its promise; `await` takes both. */
export type Awaitable<T> = T | Promise<T>;

/** The limits of one waiting call. They limit the wait, never how long something is held afterwards. */
export interface WaitOptions {
  /**
   * Ends the wait: the call rejects with `ERR_CONCURRENCY_ABORTED`, whose `cause` is the signal's
   * reason. A signal that is aborted already rejects before anything is taken, even where nothing had
   * to wait. An abort after the grant has no effect. Default: none.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * The longest wait in milliseconds, then the call rejects with `ERR_CONCURRENCY_TIMEOUT`, not
   * earlier. From 0 (take what is there, else reject without waiting) to 2,147,483,646 (24.8 days), or
   * `Infinity`. Default: `Infinity`.
   */
  readonly timeoutMs?: number | undefined;
}

/** How to close a queue. */
export interface CloseOptions {
  /** Drop the items that are still stored rather than let gets drain them. Default: false. */
  readonly immediate?: boolean | undefined;
}

/**
 * Permission to be in the critical section, held by whoever has this object.
 *
 * `await using guard = await mutex.acquire()` gives it back at the end of the block, however the block
 * ends; it does nothing where `release` was called before.
 */
export interface AnyGuard extends AsyncDisposable {
  /** Whether it was given back. */
  readonly released: boolean;
  /**
   * Gives it back. A second call throws `ERR_CONCURRENCY_RELEASED` and changes nothing: whoever holds
   * the lock by then keeps it.
   */
  release(): Awaitable<void>;
}

/**
 * At most one holder at a time, first come, first served: a release hands over to the call that has
 * waited longest, and nobody can slip in between. Not reentrant: a holder that acquires again waits for
 * itself.
 */
export interface AnyMutex {
  /** Whether somebody holds it. */
  readonly locked: Awaitable<boolean>;
  /** How many calls are waiting for it. */
  readonly waiting: Awaitable<number>;
  /** Waits until it is free and takes it. A call that rejects has taken nothing. */
  acquire(options?: WaitOptions): Promise<AnyGuard>;
  /** Takes it if it is free, without waiting in line; else `undefined`. */
  tryAcquire(): Awaitable<AnyGuard | undefined>;
  /**
   * Calls `fn` while holding it, until what `fn` returns has settled, and passes on its result or
   * error. `options` limit the wait before `fn`, not `fn` itself.
   */
  run<R>(fn: () => R | PromiseLike<R>, options?: WaitOptions): Promise<R>;
}

/**
 * Items pass from producers to consumers, first in, first out; so do the calls that wait at either
 * end. It stores at most `capacity` items. A call that rejects has neither stored nor taken an item.
 */
export interface AnyQueue<T> extends AsyncIterable<T, undefined>, AsyncDisposable {
  /** How many items it stores at most. */
  readonly capacity: number;
  /** How many items it stores now. */
  readonly size: Awaitable<number>;
  /** Whether it stores `capacity` items. */
  readonly full: Awaitable<boolean>;
  /** Whether it stores no item. */
  readonly empty: Awaitable<boolean>;
  /** Whether `close` was called. Items may still be stored. */
  readonly closed: Awaitable<boolean>;
  /** Waits for room and stores the item. Rejects with `ERR_CONCURRENCY_CLOSED` once closed. */
  put(item: T, options?: WaitOptions): Promise<void>;
  /** Waits for an item and takes it. Rejects with `ERR_CONCURRENCY_CLOSED` once closed and drained. */
  get(options?: WaitOptions): Promise<T>;
  /** Stores the item if there is room (`true`), else `false`. Throws where `put` would reject as closed. */
  tryPut(item: T): Awaitable<boolean>;
  /** Takes an item if there is one, else `undefined`. Throws where `get` would reject as closed. */
  tryGet(): Awaitable<{ readonly value: T } | undefined>;
  /**
   * Says that the work on one taken item is done, for `join`. Throws `ERR_CONCURRENCY_TASK_DONE` when
   * called more often than items were taken.
   */
  taskDone(): Awaitable<void>;
  /** Waits until `taskDone` was called for every item that was put and not dropped. */
  join(options?: WaitOptions): Promise<void>;
  /**
   * Ends it. Puts, waiting ones too, reject at once; gets take what is stored, then reject; iterations
   * take what is stored, then end. Calling it again is allowed; `immediate` is never undone.
   */
  close(options?: CloseOptions): Awaitable<void>;
}
