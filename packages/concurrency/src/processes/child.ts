import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";

import { ConcurrencyError } from "../errors.ts";
import type { ToChild, ToParent } from "./messages.ts";
import { QueueServer } from "./queue-server.ts";
import type { TaskAddress } from "./task-address.ts";
import { encodeArguments } from "./wire-arguments.ts";
import { decodeError } from "./wire-error.ts";
import { decodeValue } from "./wire-value.ts";

/** How a process ended: by itself with an exit status, or by a signal. */
export interface ProcessExit {
  /** Its exit status, 0 to 255; `null` when a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it, or `null`. */
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  readonly name: string;
  /** Ends with this process, and does not keep it from ending. */
  readonly daemon: boolean;
  /** Ends when its first call has settled. */
  readonly once: boolean;
  readonly workerId?: number | undefined;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly queues: readonly number[];
}

const childMain = fileURLToPath(new URL("./child-main.js", import.meta.url));

/** One child process of ours: what `Process` and the workers of `Pool` stand on. */
export class Child {
  /** `undefined` where the system could not start it. */
  readonly pid: number | undefined;
  /** Resolves when it has ended and everything that it sent has been read. Never rejects. */
  readonly ended: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #once: boolean;
  readonly #queues: QueueServer;
  readonly #calls = new Map<number, Call>();
  #lastId = 0;
  #exit: ProcessExit | undefined;
  #holds: number;

  constructor(options: ChildOptions) {
    const { name, daemon, once } = options;
    this.#name = name;
    this.#once = once;
    this.#child = fork(childMain, [name], {
      serialization: "advanced",
      // A debugger's port is this process's own.
      execArgv: process.execArgv.filter((flag) => !flag.startsWith("--inspect")),
      // A daemon ends with this process and by nothing else: in a session of its own it does not get the
      // Ctrl-C of a terminal, so that this process can end its work in order.
      detached: daemon && process.platform !== "win32",
      // Standard input belongs to the program, not to whichever child reads first. The pipe at 4 is
      // what tells a daemon that this process has ended: see parent-watch.ts.
      stdio: ["ignore", "inherit", "inherit", "ipc", ...(daemon ? (["pipe"] as const) : [])],
    });
    this.pid = this.#child.pid;
    // A process that could not be started has none of them, whatever its type says.
    const pipes: readonly unknown[] | undefined = this.#child.stdio;
    (pipes?.[4] as Socket | undefined)?.on("error", () => {}).unref();
    this.#queues = new QueueServer((reply) => this.#send(reply));
    this.#child.on("message", (message) => this.#receive(message as ToParent));
    this.ended = this.#watchEnd();
    this.#holds = daemon ? 0 : 1;
    if (daemon) this.#unref();
    this.#send({ type: "boot", ...options });
  }

  /** Set once `ended` has resolved. */
  get exit(): ProcessExit | undefined {
    return this.#exit;
  }

  /**
   * Calls a function of a module there. Throws `ERR_CONCURRENCY_CLONE` for arguments that cannot be
   * copied. Rejects with what the function threw, and with `ERR_CONCURRENCY_EXITED` or `_TERMINATED`
   * when the process ends first.
   */
  call({ module, entry }: TaskAddress, args: readonly unknown[]): Promise<unknown> {
    const queues: number[] = [];
    const wireArgs = encodeArguments(args, (queue) => {
      const handle = this.#queues.serve(queue);
      queues.push(handle.id);
      return handle;
    });
    if (this.#exit !== undefined) return Promise.reject(this.#endedError(this.#exit));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, queues });
      this.#send({ type: "call", id, module, entry, args: wireArgs });
    });
  }

  /** Asks a process that waits for calls to end. */
  end(): void {
    this.#send({ type: "end" });
  }

  /** Sends a signal. Whether one was sent: not to a process that has ended. */
  signal(name: NodeJS.Signals): boolean {
    return this.#child.kill(name);
  }

  /** Keeps this process alive until `release` was called as often, or the child has ended. */
  hold(): void {
    if (this.#holds++ > 0) return;
    this.#child.ref();
    this.#child.channel?.ref();
  }

  release(): void {
    if (--this.#holds === 0) this.#unref();
  }

  #unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  #send(message: ToChild): void {
    // It fails when the child has ended: `ended` tells everybody who waits.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #receive(message: ToParent): void {
    if (message.type !== "returned" && message.type !== "threw") {
      this.#queues.handle(message);
      return;
    }
    const call = this.#calls.get(message.id);
    if (call === undefined) return;
    this.#calls.delete(message.id);
    // A worker goes on to other tasks; what a process does after its answer still belongs to its call.
    if (!this.#once) this.#queues.withdraw(call.queues);
    if (message.type === "returned") call.resolve(decodeValue(message.value));
    else call.reject(decodeError(message.error));
  }

  async #watchEnd(): Promise<ProcessExit> {
    let startError: Error | undefined;
    const exit = await new Promise<ProcessExit>((resolve) => {
      let known: ProcessExit | undefined;
      let open = true;
      // Both: the exit may be known before the last messages are read, and the other way round.
      const settle = (): void => {
        if (known !== undefined && !open) resolve(known);
      };
      this.#child.once("disconnect", () => {
        open = false;
        settle();
      });
      this.#child.once("exit", (code, signal) => {
        known = { code, signal };
        settle();
      });
      this.#child.on("error", (error) => {
        if (this.#child.pid !== undefined) return;
        startError = error;
        resolve({ code: null, signal: null });
      });
    });
    this.#exit = exit;
    this.#queues.disconnect();
    for (const { reject } of this.#calls.values()) reject(this.#endedError(exit, startError));
    this.#calls.clear();
    return exit;
  }

  #endedError({ code, signal }: ProcessExit, cause?: Error): ConcurrencyError {
    const options = cause === undefined ? undefined : { cause };
    if (signal !== null) {
      return new ConcurrencyError(
        "ERR_CONCURRENCY_TERMINATED",
        `process ${this.#name} (${this.pid}) was ended by ${signal} before its function returned`,
        options,
      );
    }
    return new ConcurrencyError(
      "ERR_CONCURRENCY_EXITED",
      code === null
        ? `process ${this.#name} could not be started`
        : `process ${this.#name} (${this.pid}) ended with status ${code} before its function returned`,
      options,
    );
  }
}
