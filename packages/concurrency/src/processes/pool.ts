import { availableParallelism } from "node:os";

import { unwatchAbort, watchAbort } from "../abort-watch.ts";
import type { WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { checkMaxWaiting, refusal, WaitList } from "../wait-list.ts";
import { Child } from "./child.ts";
import { taskAddress } from "./task-address.ts";
import type { TaskAddress, TaskFunction } from "./task-address.ts";

/** The settings of one `Pool`. */
export interface PoolOptions {
  /** Address of the module that exports the tasks: `new URL("./tasks.js", import.meta.url)`. */
  readonly module: URL;
  /**
   * How many worker processes it has at most; each is started when it is first needed. An integer from 1
   * to 1,024. Default: what the system can run at the same time (`os.availableParallelism()`).
   */
  readonly size?: number | undefined;
  /** Name of the workers; their number follows. Default: `worker`. */
  readonly name?: string | undefined;
  /**
   * How many calls of `run` may wait for a worker; one more rejects with `ERR_CONCURRENCY_LIMIT`. An
   * integer from 0, or `Infinity`. Default: 65,536. `map` needs at most `size` of them.
   */
  readonly maxWaiting?: number | undefined;
}

/** The limits of one task. */
export interface RunOptions {
  /**
   * Ends it: the call rejects with `ERR_CONCURRENCY_ABORTED`, whose `cause` is the signal's reason. A
   * task that waits is never started. The worker of a task that runs is killed, so that the work really
   * stops, and another process takes its place. Default: none.
   */
  readonly signal?: AbortSignal | undefined;
}

type Tasks = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** The names of the functions that a module exports. */
export type TaskName<M> = {
  [K in keyof M]: M[K] extends TaskFunction ? K : never;
}[keyof M] &
  string;

/** What such a function gives when it is awaited. */
type TaskResult<F> = F extends TaskFunction ? Awaited<ReturnType<F>> : never;

type TaskArguments<F> = F extends TaskFunction ? Readonly<Parameters<F>> : never;

const maxSize = 1024;

/**
 * A fixed number of worker processes that run the functions of one module.
 *
 * Workers have the numbers 1 to `size` and keep them: each runs one task at a time, and is used again for
 * the next. The task finds its worker's number in `currentProcess().workerId`. The free worker with the
 * lowest number gets the next task; tasks that have to wait are served first come, first served.
 *
 * Workers are daemons: they end with this process, and idle ones do not keep it alive. A worker that dies
 * fails its task and is replaced, under the same number, when the next task comes.
 *
 * @example
 * // tasks.js: export function square(n) { return n * n; }
 * import { Pool } from "@netloom/concurrency/processes";
 * await using pool = new Pool<typeof import("./tasks.js")>({
 *   module: new URL("./tasks.js", import.meta.url),
 *   size: 2,
 * });
 * console.log(await pool.run("square", [7]), await pool.map("square", [1, 2, 3])); // 49 [ 1, 4, 9 ]
 */
export class Pool<M = Tasks> implements AsyncDisposable {
  /** How many workers it has at most. */
  readonly size: number;
  readonly #module: URL;
  readonly #name: string;
  readonly #workers = new Map<number, Child>();
  /** Numbers of the workers without a task, in rising order. */
  readonly #free: number[];
  readonly #waiting: WaitList<number>;
  readonly #joiners = new WaitList<void>("Pool.join", Infinity);
  /** Calls of `run` and `map` that have not settled. */
  #accepted = 0;
  #closed = false;
  #terminated = false;

  /** Throws `ERR_CONCURRENCY_OPTION` for an option out of its bounds. Starts no process yet. */
  constructor(options: PoolOptions) {
    const { module, size = Math.min(availableParallelism(), maxSize), name = "worker" } = options;
    // Any name would do here: each task brings its own.
    taskAddress(module, "task", "Pool");
    this.#module = module;
    if (!(Number.isSafeInteger(size) && size >= 1 && size <= maxSize)) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Pool: size must be an integer from 1 to ${maxSize}, got ${String(size)}`,
      );
    }
    this.#waiting = new WaitList("Pool.run", checkMaxWaiting(options.maxWaiting, "Pool"));
    this.#name = name;
    this.size = size;
    this.#free = Array.from({ length: size }, (_, index) => index + 1);
  }

  /** Whether `close` or `terminate` was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Runs a task: the function that the module exports under this name. Gives what it returned, rejects
   * with what it threw, as `Process.join` does; with `ERR_CONCURRENCY_EXITED` or `_TERMINATED` when its
   * worker died; with `_CLOSED`, `_LIMIT`, `_ABORTED`, `_CLONE` or `_OPTION`.
   */
  async run<K extends TaskName<M>>(
    entry: K,
    args: TaskArguments<M[K]>,
    options?: RunOptions,
  ): Promise<TaskResult<M[K]>> {
    this.#accept("Pool.run");
    try {
      return (await this.#run(entry, args, options)) as TaskResult<M[K]>;
    } finally {
      this.#settle();
    }
  }

  /**
   * Runs a task for each item, its only argument, and gives the results in the order of the items. The
   * first task that fails ends it with that task's error: running tasks are left to finish, no further
   * one is started. Items are taken as workers become free.
   */
  async map<K extends TaskName<M>>(
    entry: K,
    items: Iterable<TaskArguments<M[K]>[0]>,
    options?: RunOptions,
  ): Promise<TaskResult<M[K]>[]> {
    this.#accept("Pool.map");
    const results: TaskResult<M[K]>[] = [];
    const iterator = items[Symbol.iterator]();
    let count = 0;
    const stop = new AbortController();
    const feed = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const next = iterator.next();
        if (next.done === true) return;
        const index = count++;
        results[index] = (await this.#run(entry, [next.value], options)) as TaskResult<M[K]>;
      }
    };
    try {
      await Promise.all(Array.from({ length: this.size }, feed));
      return results;
    } finally {
      stop.abort();
      this.#settle();
    }
  }

  /** Ends it: no further tasks. Those that were accepted are done, then the workers end. */
  close(): void {
    this.#closed = true;
    if (this.#accepted === 0) for (const worker of this.#workers.values()) worker.end();
  }

  /** Ends it at once: the workers are killed, tasks that run or wait fail with `_TERMINATED`. */
  terminate(): void {
    this.#closed = true;
    this.#terminated = true;
    for (let call = this.#waiting.shift(); call !== undefined; call = this.#waiting.shift()) {
      call.reject(terminatedError());
    }
    for (const worker of this.#workers.values()) worker.signal("SIGKILL");
  }

  /**
   * Waits until all tasks are done and all workers have ended. Rejects with `ERR_CONCURRENCY_STATE` before
   * `close` or `terminate`: it would never come to an end.
   */
  async join(options?: WaitOptions): Promise<void> {
    const error = refusal(options, "Pool.join");
    if (error !== undefined) throw error;
    if (!this.#closed) {
      throw new ConcurrencyError("ERR_CONCURRENCY_STATE", "Pool.join: close the pool first");
    }
    if (this.#isDone()) return;
    const workers = [...this.#workers.values()];
    for (const worker of workers) worker.hold();
    try {
      await this.#joiners.wait(options, undefined);
    } finally {
      for (const worker of workers) worker.release();
    }
  }

  /** Closes it and waits until its tasks are done and its workers have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.join();
  }

  async #run(
    entry: string,
    args: readonly unknown[],
    { signal }: RunOptions = {},
  ): Promise<unknown> {
    const error = refusal({ signal }, "Pool.run");
    if (error !== undefined) throw error;
    const address = taskAddress(this.#module, entry, "Pool.run");
    this.#refuseAfterTermination();
    const id = this.#free.shift() ?? (await this.#waiting.wait({ signal }, undefined));
    try {
      // It may have been terminated since the worker was granted: then no other one is started.
      this.#refuseAfterTermination();
      return await this.#call(this.#worker(id), address, args, signal);
    } finally {
      this.#give(id);
    }
  }

  async #call(
    worker: Child,
    address: TaskAddress,
    args: readonly unknown[],
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    let aborted = false;
    const wait = {
      abort: (): void => {
        aborted = true;
        worker.signal("SIGKILL");
      },
    };
    worker.hold();
    if (signal !== undefined) watchAbort(signal, wait);
    try {
      return await worker.call(address, args);
    } catch (error) {
      if (!aborted) throw error;
      throw new ConcurrencyError("ERR_CONCURRENCY_ABORTED", "Pool.run: aborted", {
        cause: signal?.reason,
      });
    } finally {
      if (signal !== undefined) unwatchAbort(signal, wait);
      // One that was killed may have answered before: it must not get the next task.
      if (aborted) await worker.ended;
      worker.release();
    }
  }

  #refuseAfterTermination(): void {
    if (this.#terminated) throw terminatedError();
  }

  #worker(id: number): Child {
    let worker = this.#workers.get(id);
    if (worker === undefined || worker.exit !== undefined) {
      worker = new Child({
        name: `${this.#name}-${id}`,
        daemon: true,
        once: false,
        workerId: id,
      });
      this.#workers.set(id, worker);
      void worker.ended.then(() => this.#tellJoiners());
    }
    return worker;
  }

  #give(id: number): void {
    const call = this.#waiting.shift();
    if (call !== undefined) {
      call.resolve(id);
      return;
    }
    const place = this.#free.findIndex((other) => other > id);
    this.#free.splice(place === -1 ? this.#free.length : place, 0, id);
  }

  #accept(operation: string): void {
    if (this.#closed) {
      throw new ConcurrencyError("ERR_CONCURRENCY_CLOSED", `${operation}: the pool is closed`);
    }
    this.#accepted++;
  }

  #settle(): void {
    this.#accepted--;
    if (!this.#closed) return;
    this.close();
    this.#tellJoiners();
  }

  #isDone(): boolean {
    if (this.#accepted > 0) return false;
    for (const worker of this.#workers.values()) if (worker.exit === undefined) return false;
    return true;
  }

  #tellJoiners(): void {
    if (!this.#closed || !this.#isDone()) return;
    for (let joiner = this.#joiners.shift(); joiner !== undefined; joiner = this.#joiners.shift()) {
      joiner.resolve();
    }
  }
}

function terminatedError(): ConcurrencyError {
  return new ConcurrencyError("ERR_CONCURRENCY_TERMINATED", "Pool.run: the pool was terminated");
}
