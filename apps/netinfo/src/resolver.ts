import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { NetinfoError } from "./errors.ts";

/** What the resolver is asked: a name, or an address for its name. */
export interface Question {
  readonly asked: string;
}

/** What it said. */
export interface Answer {
  /** Addresses, or one name; empty where there are none. */
  readonly answers: readonly string[];
  /** How long the resolver took, in milliseconds. */
  readonly ms: number;
  /** The system's code where nothing was found: `ENOTFOUND`, or `EAI_AGAIN` for no name server. */
  readonly error?: string | undefined;
}

/**
 * The system's resolver (`getaddrinfo`, `getnameinfo`) in a process of its own. A pending call cannot
 * be cancelled, and a Node.js process that has one cannot even exit before it is over (10 s with one
 * silent name server): a time limit is kept only by ending the process that waits.
 */
export class Resolver {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor() {
    const file = fileURLToPath(new URL("./resolver-process.js", import.meta.url));
    this.#child = fork(file, {
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // Out of reach of the terminal's Ctrl-C: whoever made this resolver hears that, and ends it.
      detached: true,
    });
    // "close" comes after a failed start too, where there is no "exit".
    this.#ended = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.on("error", () => {});
  }

  /**
   * Asks one question; one at a time.
   *
   * @throws the reason of `signal` when it is aborted; NetinfoError `ERR_NETINFO_RESOLVER` when the
   * process has ended
   */
  async ask(asked: string, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const question: Question = { asked };
    // Listeners that go when one of the three has happened.
    const settled = new AbortController();
    const options = { signal: settled.signal };
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error), options);
        void this.#ended.then(() => reject(resolverEnded()));
        once(this.#child, "message", options).then(
          ([answer]) => resolve(answer as Answer),
          // Only for an abort, after which nobody listens.
          () => {},
        );
        this.#child.send(question, (error) => {
          if (error !== null) reject(resolverEnded(error));
        });
      });
    } finally {
      settled.abort();
    }
  }

  /** Ends the process, whatever it waits for; resolves when it has gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

function resolverEnded(cause?: Error): NetinfoError {
  const text = { en: "the process that asks the resolver has ended", zh: "解析进程已退出" };
  return new NetinfoError("ERR_NETINFO_RESOLVER", text, { cause });
}
