import type { WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import type { Queue } from "./queue.ts";
import type {
  QueueAnswer,
  QueueCall,
  QueueHandle,
  QueueReply,
  QueueRequest,
} from "./queue-messages.ts";
import { encodeError } from "./wire-error.ts";

/** Carries out one child's calls of the queues that it was given. */
export class QueueServer {
  readonly #send: (reply: QueueReply) => void;
  readonly #queues = new Map<number, Queue<unknown>>();
  // Calls that have not been answered: aborted when the child gives up, or dies.
  readonly #running = new Map<number, AbortController>();
  // Items on their way. The child says when it has them; those it never had go back.
  readonly #sent = new Map<number, { readonly queue: Queue<unknown>; readonly item: Uint8Array }>();
  #lastId = 0;
  #gone = false;

  constructor(send: (reply: QueueReply) => void) {
    this.#send = send;
  }

  /** Lets the child use a queue, until `withdraw`. */
  serve(queue: Queue<unknown>): QueueHandle {
    const id = ++this.#lastId;
    this.#queues.set(id, queue);
    return { id, capacity: queue.capacity };
  }

  withdraw(ids: readonly number[]): void {
    for (const id of ids) this.#queues.delete(id);
  }

  handle(request: QueueRequest): void {
    if (request.type === "cancel") this.#running.get(request.id)?.abort();
    else if (request.type === "received") this.#sent.delete(request.id);
    else void this.#answer(request.id, request.queue, request.call);
  }

  /** The child is gone: whatever it waited for is undone. */
  disconnect(): void {
    this.#gone = true;
    for (const controller of this.#running.values()) controller.abort();
    for (const { queue, item } of this.#sent.values()) queue.giveBack(item);
    this.#sent.clear();
    this.#queues.clear();
  }

  async #answer(id: number, queueId: number, call: QueueCall): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const queue = this.#queues.get(queueId);
      if (queue === undefined) {
        throw new ConcurrencyError(
          "ERR_CONCURRENCY_STATE",
          `Queue.${call.name}: the task that was given this queue has ended`,
        );
      }
      const value = await perform(queue, call, controller.signal);
      if ("item" in value) {
        if (this.#gone) queue.giveBack(value.item);
        else this.#sent.set(id, { queue, item: value.item });
      }
      this.#send({ type: "answer", id, value });
    } catch (error) {
      this.#send({ type: "refusal", id, error: encodeError(error) });
    } finally {
      this.#running.delete(id);
    }
  }
}

async function perform(
  queue: Queue<unknown>,
  call: QueueCall,
  signal: AbortSignal,
): Promise<QueueAnswer> {
  const options: WaitOptions = {
    signal,
    timeoutMs: "timeoutMs" in call ? call.timeoutMs : undefined,
  };
  switch (call.name) {
    case "put":
      await queue.putBytes(call.value, options);
      return { plain: undefined };
    case "get":
      return { item: await queue.getBytes(options) };
    case "join":
      await queue.join(options);
      return { plain: undefined };
    case "tryPut":
      return { plain: queue.tryPutBytes(call.value) };
    case "tryGet": {
      const item = queue.tryGetBytes();
      return item === undefined ? { plain: undefined } : { item };
    }
    case "taskDone":
      queue.taskDone();
      return { plain: undefined };
    case "close":
      queue.close({ immediate: call.immediate });
      return { plain: undefined };
    case "size":
    case "closed":
      return { plain: queue[call.name] };
  }
}
