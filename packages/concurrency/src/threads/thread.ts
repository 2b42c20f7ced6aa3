import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

import type { WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { refusal, WaitList } from "../wait-list.ts";
import type { ThreadData, ThreadOutcome } from "./thread-control.ts";
import { decodeFailure } from "./thread-failure.ts";

/** A function that a thread can run. Arguments and result are copied (structured clone). */
export type ThreadFunction = (...args: never[]) => unknown;

/** How to start a thread. */
export interface ThreadOptions {
  /** Its name, for lists and messages. Default: `thread-` and its id. */
  readonly name?: string | undefined;
}

/** How to stop a thread. */
export interface StopOptions {
  /**
   * How long it has to end by itself once it is asked to, in milliseconds, before it is terminated. From
   * 0 to 2,147,483,646, or `Infinity`. Default: 5,000.
   */
  readonly graceMs?: number | undefined;
}

const defaultGraceMs = 5_000;

const active = new Set<Thread<unknown>>();

/**
 * A worker thread that runs one function of a module: with its own memory, at the same time as others.
 *
 * The function's arguments and result are copied; what is shared is shared memory: a
 * `SharedArrayBuffer`, and the handles of `Mutex` and `Barrier`. The thread ends when the function's
 * result has settled and nothing is left for its event loop to do, as a Node.js process does; it keeps
 * the process alive until then. What the function throws is what `join` rejects with, with the thread's
 * own stack, `code`, `cause` and fields; nobody else hears of it.
 *
 * @example
 * // sum.js: export function sum(...numbers) { return numbers.reduce((a, b) => a + b, 0); }
 * import { Thread } from "@netloom/concurrency/threads";
 * import type { sum } from "./sum.js";
 * await using thread = Thread.start<typeof sum>(new URL("./sum.js", import.meta.url), "sum", [1, 2]);
 * console.log(await thread.join()); // 3
 */
export class Thread<R> implements AsyncDisposable {
  /** The id of the thread, unique in this process. */
  readonly id: number;
  /** The name it was given, or `thread-` and its id. */
  readonly name: string;
  readonly #worker: Worker;
  readonly #stop: Int32Array<SharedArrayBuffer>;
  readonly #joins: WaitList<undefined> = new WaitList("Thread.join", Infinity);
  #alive = true;
  #terminated = false;
  #uncaught: { readonly error: unknown } | undefined;
  #settle: () => R = () => {
    throw new Error("the thread has not ended");
  };

  /** As `Thread.start`, which knows the function's types. */
  private constructor(
    module: URL,
    entry: string,
    args: readonly unknown[],
    { name }: ThreadOptions,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.#stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const netloomThread = {
      name: name ?? "",
      module: module.href,
      entry,
      args,
      stop: this.#stop,
      port: port2,
    };
    try {
      this.#worker = new Worker(new URL("./thread-main.js", import.meta.url), {
        name: name || entry,
        workerData: { netloomThread } satisfies ThreadData,
        transferList: [port2],
      });
    } catch (cause) {
      port1.close();
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_CLONE",
        `Thread.start: the arguments of "${entry}" cannot be copied to another thread`,
        { cause },
      );
    }
    // Kept now: an ended worker has lost its id.
    this.id = this.#worker.threadId;
    this.name = name || `thread-${this.id}`;
    active.add(this);
    this.#worker.on("error", (error: unknown) => (this.#uncaught ??= { error }));
    this.#worker.on("exit", (status) => {
      const message = receiveMessageOnPort(port1)?.message as ThreadOutcome | undefined;
      port1.close();
      this.#end(message, status);
    });
  }

  /**
   * Starts a thread that runs a function of a module.
   *
   * @typeParam F - the function, for the types of arguments and result: `typeof sum`, of which
   *   `import type` is enough
   * @param module - address of the module: `new URL("./sum.js", import.meta.url)`. On Node.js 20 a
   *   worker thread loads JavaScript only
   * @param entry - the name under which the module exports the function
   * @param args - what it is called with. Throws `ERR_CONCURRENCY_CLONE` for what cannot be copied
   */
  static start<F extends ThreadFunction = (...args: unknown[]) => unknown>(
    module: URL,
    entry: string,
    args: Parameters<F>,
    options: ThreadOptions = {},
  ): Thread<Awaited<ReturnType<F>>> {
    if (!(module instanceof URL)) {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Thread.start: module must be a URL, got ${typeof module}`,
      );
    }
    return new Thread(module, entry, args, options);
  }

  /** Whether it has not ended yet. */
  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Waits until the thread has ended, and gives the function's result. Rejects
   *
   * - with what the function threw, or what was thrown in the thread and caught by nobody;
   * - with `ERR_CONCURRENCY_TERMINATED` if it was terminated, `ERR_CONCURRENCY_EXITED` if it ended
   *   otherwise before the function had returned, `ERR_CONCURRENCY_CLONE` if the result cannot be copied;
   * - with `ERR_CONCURRENCY_TIMEOUT` or `_ABORTED` if the wait ended first; the thread goes on then.
   */
  async join(options?: WaitOptions): Promise<R> {
    const error = refusal(options, "Thread.join");
    if (error !== undefined) throw error;
    if (this.#alive) await this.#joins.wait(options, undefined);
    return this.#settle();
  }

  /**
   * Asks the thread to stop (`currentThread().signal` and `stopRequested` there), waits until it has
   * ended, and terminates it where it has not in `graceMs`. Never rejects for what became of the thread.
   */
  async stop({ graceMs = defaultGraceMs }: StopOptions = {}): Promise<void> {
    const limits = { timeoutMs: graceMs };
    const error = refusal(limits, "Thread.stop");
    if (error !== undefined) throw error;
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
    if (!this.#alive) return;
    try {
      await this.#joins.wait(limits, undefined);
    } catch {
      await this.terminate();
    }
  }

  /**
   * Ends the thread wherever it is, also in an endless loop or a blocking wait, and waits until it has
   * ended. No `finally` runs there, and a mutex that it holds stays locked.
   */
  async terminate(): Promise<void> {
    if (!this.#alive) return;
    this.#terminated = true;
    await this.#worker.terminate();
  }

  /** `stop()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #end(outcome: ThreadOutcome | undefined, status: number): void {
    this.#alive = false;
    active.delete(this);
    if (outcome !== undefined && "result" in outcome) {
      this.#settle = () => outcome.result as R;
    } else {
      const error = outcome === undefined ? this.#endError(status) : decodeFailure(outcome.failure);
      this.#settle = () => {
        throw error;
      };
    }
    for (let join = this.#joins.shift(); join !== undefined; join = this.#joins.shift()) {
      join.resolve(undefined);
    }
  }

  #endError(status: number): unknown {
    if (this.#uncaught !== undefined) return this.#uncaught.error;
    return this.#terminated
      ? new ConcurrencyError("ERR_CONCURRENCY_TERMINATED", `${this.name} was terminated`)
      : new ConcurrencyError(
          "ERR_CONCURRENCY_EXITED",
          `${this.name} ended with status ${status} before its function had returned`,
        );
  }
}

/** The threads that this thread has started and that have not ended, in the order of their start. */
export function activeThreads(): readonly Thread<unknown>[] {
  return [...active];
}
