import { unwatchAbort, watchAbort } from "../abort-watch.ts";
import { ConcurrencyError } from "../errors.ts";
import type { ToParent } from "./messages.ts";
import type { QueueAnswer, QueueCall, QueueReply } from "./queue-messages.ts";
import { decodeError } from "./wire-error.ts";

interface Pending {
  readonly resolve: (answer: QueueAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** The child's end of the channel to its parent: sends, and pairs answers with calls. */
export class ParentLink {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #broken = false;

  /** Resolves when the message has left this process, or never will. */
  send(message: ToParent): Promise<void> {
    return new Promise((resolve) => {
      // An error here means that the parent is gone; `disconnect` tells everybody who waits.
      if (process.send === undefined || !process.connected) resolve();
      else process.send(message, undefined, undefined, () => resolve());
    });
  }

  /**
   * Lets the parent carry out a call of a queue. When `signal` is aborted the parent is asked to give
   * up, and its answer counts: it knows whether the call had succeeded before.
   */
  async request(queue: number, call: QueueCall, signal?: AbortSignal): Promise<QueueAnswer> {
    if (this.#broken) throw brokenError(call.name);
    const id = ++this.#lastId;
    const wait = { abort: (): void => void this.send({ type: "cancel", id }) };
    if (signal !== undefined) watchAbort(signal, wait);
    try {
      return await new Promise<QueueAnswer>((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        void this.send({ type: "queue", id, queue, call });
      });
    } catch (error) {
      if (error instanceof ConcurrencyError && error.code === "ERR_CONCURRENCY_ABORTED") {
        throw new ConcurrencyError(error.code, error.message, { cause: signal?.reason });
      }
      throw error;
    } finally {
      if (signal !== undefined) unwatchAbort(signal, wait);
    }
  }

  settle(reply: QueueReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.type === "refusal") {
      pending?.reject(decodeError(reply.error));
      return;
    }
    if ("item" in reply.value) void this.send({ type: "received", id: reply.id });
    pending?.resolve(reply.value);
  }

  /** The parent is gone: no call will be answered. */
  break(): void {
    this.#broken = true;
    for (const { reject } of this.#pending.values()) reject(brokenError("call"));
    this.#pending.clear();
  }
}

function brokenError(call: string): ConcurrencyError {
  return new ConcurrencyError(
    "ERR_CONCURRENCY_BROKEN",
    `Queue.${call}: the process that serves the queue has ended`,
  );
}
