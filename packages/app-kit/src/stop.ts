import { setMaxListeners } from "node:events";

/** Why an app is asked to stop. `EPIPE`: nobody reads its standard output any more. */
export type StopCause = "SIGINT" | "SIGTERM" | "EPIPE";

/** The exit status when the work was cut off: 128 and the number of the signal, as shells have it. */
export const STOP_STATUS: Readonly<Record<StopCause, number>> = {
  SIGINT: 130,
  SIGTERM: 143,
  // Having read enough is no failure: `| head` ends well.
  EPIPE: 0,
};

/** How long an app whose output nobody reads may take to stop by itself. */
const OUTPUT_GONE_GRACE_MS = 1_000;
/** When to say how an app that is still stopping is ended at once. */
const STILL_STOPPING_MS = 2_000;

/** What the requests to stop work on. */
export interface StopParts {
  /** Ends the process at once with a status. */
  readonly exit: (status: number) => void;
  /** Called when a signalled app takes long to stop. */
  readonly onSlow: () => void;
}

/**
 * The requests to stop: the first aborts {@link StopRequest.signal}, the second ends the process.
 * An app that has never asked for the signal cannot hear it, so the first one ends it.
 */
export class StopRequest {
  readonly #controller = new AbortController();
  readonly #parts: StopParts;
  #listening = false;
  #cause: StopCause | undefined;

  constructor(parts: StopParts) {
    this.#parts = parts;
    // Every connection of a server may listen to it, and that is no leak.
    setMaxListeners(0, this.#controller.signal);
  }

  /** What the app listens to. Reading it says that the app will stop when asked. */
  get signal(): AbortSignal {
    this.#listening = true;
    return this.#controller.signal;
  }

  /** The first request, if there was one. */
  get cause(): StopCause | undefined {
    return this.#cause;
  }

  /** Asks the app to stop, or, if that was done before, ends it. */
  request(cause: StopCause): void {
    if (this.#cause !== undefined) {
      // A failing pipe fails at every write: only a person's second signal means "now".
      if (cause !== "EPIPE") this.#parts.exit(STOP_STATUS[cause]);
      return;
    }
    this.#cause = cause;
    if (!this.#listening) {
      this.#parts.exit(STOP_STATUS[cause]);
      return;
    }
    const gone = cause === "EPIPE";
    const late = gone ? () => this.#parts.exit(STOP_STATUS.EPIPE) : this.#parts.onSlow;
    setTimeout(late, gone ? OUTPUT_GONE_GRACE_MS : STILL_STOPPING_MS).unref();
    const message = gone ? "standard output was closed" : `stopped by ${cause}`;
    this.#controller.abort(new DOMException(message, "AbortError"));
  }

  /** Whether `error` says that the work was cut off by this request and by nothing else. */
  explains(error: unknown): boolean {
    if (this.#cause === undefined) return false;
    const reason: unknown = this.#controller.signal.reason;
    let current = error;
    // Bounded: a chain of causes may lead back to itself.
    for (let depth = 0; depth < 16 && current instanceof Error; depth++) {
      if (current === reason || current.name === "AbortError") return true;
      const code = "code" in current ? String(current.code) : "";
      if (code === "ABORT_ERR" || code.endsWith("_ABORTED")) return true;
      current = current.cause;
    }
    return false;
  }
}
