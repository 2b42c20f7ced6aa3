import type { WaitOptions } from "../contract.ts";
import { refusal, WaitList } from "../wait-list.ts";
import { Child } from "./child.ts";
import type { ProcessExit } from "./child.ts";
import { taskAddress } from "./task-address.ts";
import type { TaskAddress, TaskFunction } from "./task-address.ts";

/** How to start a process. */
export interface ProcessOptions {
  /** Its name, for messages and the list of processes. Default: the name of the function. */
  readonly name?: string | undefined;
  /**
   * Whether it ends with this process. A daemon does not keep this process from ending, and is ended
   * (SIGKILL) as soon as this process has ended in whatever way, be it by SIGKILL while the daemon is in
   * an endless loop. It costs the child one thread. It has a session of its own: Ctrl-C at a terminal
   * goes to this process, which decides. Any other child keeps this process alive until it
   * has ended, gets the terminal's Ctrl-C too, and goes on alone if this process is killed. Default:
   * false.
   */
  readonly daemon?: boolean | undefined;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * A child process that runs one function of a module.
 *
 * Nothing is shared: arguments and result are copies. The child ends when the function's result has
 * settled and nothing is left for its event loop to do, with status 0, or 1 if the function threw. Its
 * standard output and error are those of this process, its standard input is empty. No shell is involved
 * anywhere. The child loads the module anew: what stands at its top runs again.
 *
 * @example
 * // primes.js: export function countPrimes(limit) { … }
 * import { Process } from "@netloom/concurrency/processes";
 * import type { countPrimes } from "./primes.js";
 * const module = new URL("./primes.js", import.meta.url);
 * const child = Process.start<typeof countPrimes>(module, "countPrimes", [1_000_000]);
 * console.log(child.pid, child.alive, await child.join({ timeoutMs: 10_000 }));
 */
export class Process<R> implements AsyncDisposable {
  /** Its number; `undefined` where the system could not start it: then `join` rejects. */
  readonly pid: number | undefined;
  /** The process that started it: this one. */
  readonly parentPid: number = process.pid;
  readonly name: string;
  readonly daemon: boolean;
  readonly #child: Child;
  readonly #joiners: WaitList<void> = new WaitList("Process.join", Infinity);
  #outcome: Outcome | undefined;

  /** As `Process.start`, which knows the function's types. */
  private constructor(
    address: TaskAddress,
    args: readonly unknown[],
    { name = address.entry, daemon = false }: ProcessOptions,
  ) {
    this.name = name;
    this.daemon = daemon;
    this.#child = new Child({ name, daemon, once: true });
    this.pid = this.#child.pid;
    try {
      void this.#follow(this.#child.call(address, args));
    } catch (error) {
      this.#child.signal("SIGKILL");
      throw error;
    }
  }

  /**
   * Starts a process that runs a function of a module.
   *
   * @typeParam F - the function, for the types of arguments and result: `typeof countPrimes`, of which
   *   `import type` is enough
   * @param module - address of the module: `new URL("./primes.js", import.meta.url)`
   * @param entry - the name under which the module exports the function
   * @param args - what it is called with: whatever the structured clone algorithm copies, and `Queue`s,
   *   also inside arrays and plain objects. Throws `ERR_CONCURRENCY_CLONE` for anything else
   */
  static start<F extends TaskFunction = (...args: unknown[]) => unknown>(
    module: URL,
    entry: string,
    args: Readonly<Parameters<F>>,
    options: ProcessOptions = {},
  ): Process<Awaited<ReturnType<F>>> {
    return new Process(taskAddress(module, entry, "Process.start"), args, options);
  }

  /** Whether it has not ended yet. */
  get alive(): boolean {
    return this.#child.exit === undefined;
  }

  /** How it ended; `undefined` while it runs. */
  get exit(): ProcessExit | undefined {
    return this.#child.exit;
  }

  /**
   * Waits until it has ended, and gives what the function returned. Rejects
   *
   * - with what the function threw: an error keeps its name, message, stack, `code`, `cause` and own
   *   properties, and its class where that is one of JavaScript's own;
   * - with `ERR_CONCURRENCY_TERMINATED` if a signal ended the process before the function had returned,
   *   with `ERR_CONCURRENCY_EXITED` if it ended by itself before, with `ERR_CONCURRENCY_CLONE` if the
   *   result cannot be copied;
   * - with `ERR_CONCURRENCY_TIMEOUT` or `_ABORTED` if the wait ended first; the process goes on then.
   */
  async join(options?: WaitOptions): Promise<R> {
    const error = refusal(options, "Process.join");
    if (error !== undefined) throw error;
    if (this.#outcome === undefined) {
      this.#child.hold();
      try {
        await this.#joiners.wait(options, undefined);
      } finally {
        this.#child.release();
      }
    }
    const outcome = this.#outcome;
    if (outcome !== undefined && "value" in outcome) return outcome.value as R;
    throw outcome?.error;
  }

  /** Asks it to end: SIGTERM, which ends it unless its function has set a handler. */
  terminate(): void {
    this.#child.signal("SIGTERM");
  }

  /** Ends it at once: SIGKILL. */
  kill(): void {
    this.#child.signal("SIGKILL");
  }

  /** Ends it at once if it is alive, and waits until it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.hold();
    this.#child.signal("SIGKILL");
    await this.#child.ended;
    this.#child.release();
  }

  async #follow(call: Promise<unknown>): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { value: await call };
    } catch (error) {
      outcome = { error };
    }
    await this.#child.ended;
    this.#outcome = outcome;
    for (let joiner = this.#joiners.shift(); joiner !== undefined; joiner = this.#joiners.shift()) {
      joiner.resolve();
    }
  }
}
