import type { AnyQueue, CloseOptions, WaitOptions } from "../contract.ts";
import { ConcurrencyError } from "../errors.ts";
import { refusal } from "../wait-list.ts";
import type { ParentLink } from "./parent-link.ts";
import type { QueueAnswer, QueueCall, QueueHandle } from "./queue-messages.ts";
import { decodeValue, encodeValue } from "./wire-value.ts";

/** What a child has of its parent's `Queue`: every call is a message there and one back. */
export class QueueClient<T> implements AnyQueue<T> {
  readonly capacity: number;
  readonly #link: ParentLink;
  readonly #id: number;

  constructor(link: ParentLink, { id, capacity }: QueueHandle) {
    this.capacity = capacity;
    this.#link = link;
    this.#id = id;
  }

  get size(): Promise<number> {
    return this.#ask("size") as Promise<number>;
  }

  get full(): Promise<boolean> {
    return this.size.then((size) => size >= this.capacity);
  }

  get empty(): Promise<boolean> {
    return this.size.then((size) => size === 0);
  }

  get closed(): Promise<boolean> {
    return this.#ask("closed") as Promise<boolean>;
  }

  async put(item: T, options?: WaitOptions): Promise<void> {
    const value = encodeValue(item, "the item");
    await this.#wait({ name: "put", value, timeoutMs: options?.timeoutMs }, options);
  }

  async get(options?: WaitOptions): Promise<T> {
    return itemOf(await this.#wait({ name: "get", timeoutMs: options?.timeoutMs }, options)) as T;
  }

  async tryPut(item: T): Promise<boolean> {
    const value = encodeValue(item, "the item");
    return (await this.#call({ name: "tryPut", value })) === true;
  }

  async tryGet(): Promise<{ readonly value: T } | undefined> {
    const answer = await this.#link.request(this.#id, { name: "tryGet" });
    return "item" in answer ? { value: itemOf(answer) as T } : undefined;
  }

  async taskDone(): Promise<void> {
    await this.#ask("taskDone");
  }

  async join(options?: WaitOptions): Promise<void> {
    await this.#wait({ name: "join", timeoutMs: options?.timeoutMs }, options);
  }

  // An own function, so that no copy can be made of it: see `close` of `Queue`.
  readonly close = async (options: CloseOptions = {}): Promise<void> => {
    await this.#call({ name: "close", immediate: options.immediate === true });
  };

  async *[Symbol.asyncIterator](): AsyncGenerator<T, undefined> {
    while (true) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof ConcurrencyError && error.code === "ERR_CONCURRENCY_CLOSED") {
          return undefined;
        }
        throw error;
      }
      yield item;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #wait(call: QueueCall, options: WaitOptions | undefined): Promise<QueueAnswer> {
    const error = refusal(options, `Queue.${call.name}`);
    if (error !== undefined) throw error;
    return this.#link.request(this.#id, call, options?.signal);
  }

  async #call(call: QueueCall): Promise<number | boolean | undefined> {
    const answer = await this.#link.request(this.#id, call);
    return "plain" in answer ? answer.plain : undefined;
  }

  #ask(name: "size" | "closed" | "taskDone"): Promise<number | boolean | undefined> {
    return this.#call({ name });
  }
}

function itemOf(answer: QueueAnswer): unknown {
  return "item" in answer ? decodeValue(answer.item) : undefined;
}
