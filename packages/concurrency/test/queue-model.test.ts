// Every sequence of calls without a pause between them, against a model in a few plain arrays. What
// becomes of each call must be exactly what the model says, at once.
import { getEventListeners } from "node:events";
import { ConcurrencyError, Queue } from "@netloom/concurrency";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runs, runsTimeoutMs } from "./runs.ts";
import { atOnce, watch } from "./settlement.ts";
import type { Settlement } from "./settlement.ts";

type Step =
  | { readonly call: "put" | "get" | "next" | "tryPut" | "tryGet" | "taskDone" | "join" | "turn" }
  | { readonly call: "abort"; readonly which: number }
  | { readonly call: "close"; readonly immediate: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      call: fc.constantFrom("put", "get", "next", "tryPut", "tryGet", "taskDone", "join", "turn"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ call: fc.constant("abort"), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ call: fc.constant("close"), immediate: fc.boolean() }) },
) as fc.Arbitrary<Step>;

const aborted = { failed: "ERR_CONCURRENCY_ABORTED" };
const closed = { failed: "ERR_CONCURRENCY_CLOSED" };

/** A queue as its documentation tells it. Each call has an id; `outcomes` holds what became of it. */
class Model {
  readonly outcomes: Settlement[] = [];
  readonly items: number[] = [];
  putters: { id: number; item: number }[] = [];
  getters: { id: number; next: boolean }[] = [];
  joiners: number[] = [];
  taken = 0;
  closed = false;
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  call(): number {
    return this.outcomes.push("waiting") - 1;
  }

  put(id: number, item: number, wait: boolean): void {
    const getter = this.getters[0];
    if (this.closed) this.outcomes[id] = closed;
    else if (getter !== undefined) {
      this.getters.shift();
      this.taken++;
      this.outcomes[getter.id] = { ok: getter.next ? { done: false, value: item } : item };
      this.outcomes[id] = { ok: wait ? undefined : true };
    } else if (this.items.length < this.capacity) {
      this.items.push(item);
      this.outcomes[id] = { ok: wait ? undefined : true };
    } else if (wait) this.putters.push({ id, item });
    else this.outcomes[id] = { ok: false };
  }

  get(id: number, kind: "get" | "next" | "tryGet"): void {
    if (this.items.length > 0) {
      const value = this.items.shift();
      this.taken++;
      const putter = this.putters.shift();
      if (putter !== undefined) {
        this.items.push(putter.item);
        this.outcomes[putter.id] = { ok: undefined };
      }
      this.outcomes[id] = {
        ok: kind === "get" ? value : kind === "next" ? { done: false, value } : { value },
      };
    } else if (this.closed) {
      this.outcomes[id] = kind === "next" ? { ok: { done: true, value: undefined } } : closed;
    } else if (kind === "tryGet") this.outcomes[id] = { ok: undefined };
    else this.getters.push({ id, next: kind === "next" });
  }

  join(id: number): void {
    this.joiners.push(id);
    this.releaseJoiners();
  }

  taskDone(): void {
    this.taken--;
    this.releaseJoiners();
  }

  releaseJoiners(): void {
    if (this.taken + this.items.length > 0) return;
    for (const id of this.joiners) this.outcomes[id] = { ok: undefined };
    this.joiners = [];
  }

  abort(id: number): void {
    const waiting = this.outcomes[id] === "waiting";
    // An iteration has no signal of its own.
    if (!waiting || this.getters.some((getter) => getter.id === id && getter.next)) return;
    this.outcomes[id] = aborted;
    this.putters = this.putters.filter((putter) => putter.id !== id);
    this.getters = this.getters.filter((getter) => getter.id !== id);
    this.joiners = this.joiners.filter((joiner) => joiner !== id);
  }

  close(immediate: boolean): void {
    this.closed = true;
    for (const { id } of this.putters) this.outcomes[id] = closed;
    for (const { id, next } of this.getters) {
      this.outcomes[id] = next ? { ok: { done: true, value: undefined } } : closed;
    }
    this.putters = [];
    this.getters = [];
    if (immediate) this.items.length = 0;
    this.releaseJoiners();
  }
}

/** A call that answers at once, as a promise. */
function attempt(call: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(call());
  } catch (error) {
    return Promise.reject(error);
  }
}

test("every sequence of calls ends as the model says", { timeout: runsTimeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { maxLength: 40 }),
      async (capacity, steps) => {
        const queue = new Queue<number>({ capacity });
        const iterator = queue[Symbol.asyncIterator]();
        const model = new Model(capacity);
        const outcomes: (() => Settlement)[] = [];
        const controllers: AbortController[] = [];
        let item = 0;

        function begin(call: (signal: AbortSignal) => Promise<unknown>): number {
          const controller = new AbortController();
          controllers.push(controller);
          outcomes.push(watch(call(controller.signal)));
          return model.call();
        }

        for (const step of steps) {
          switch (step.call) {
            case "put":
              item++;
              model.put(
                begin((signal) => queue.put(item, { signal })),
                item,
                true,
              );
              break;
            case "tryPut":
              item++;
              model.put(
                begin(() => attempt(() => queue.tryPut(item))),
                item,
                false,
              );
              break;
            case "get":
              model.get(
                begin((signal) => queue.get({ signal })),
                "get",
              );
              break;
            case "next":
              model.get(
                begin(() => iterator.next()),
                "next",
              );
              break;
            case "tryGet":
              model.get(
                begin(() => attempt(() => queue.tryGet())),
                "tryGet",
              );
              break;
            case "join":
              model.join(begin((signal) => queue.join({ signal })));
              break;
            case "taskDone":
              if (model.taken > 0) {
                queue.taskDone();
                model.taskDone();
              } else expect(() => queue.taskDone()).toThrow(ConcurrencyError);
              break;
            case "abort": {
              const id = controllers.length === 0 ? -1 : step.which % controllers.length;
              controllers[id]?.abort();
              model.abort(id);
              break;
            }
            case "close":
              queue.close({ immediate: step.immediate });
              model.close(step.immediate);
              break;
            case "turn":
              await atOnce();
              expect(outcomes.map((outcome) => outcome())).toEqual(model.outcomes);
              break;
          }
          expect([queue.size, queue.closed]).toEqual([model.items.length, model.closed]);
          expect([queue.full, queue.empty]).toEqual([
            model.items.length === capacity,
            model.items.length === 0,
          ]);
        }
        await atOnce();
        expect(outcomes.map((outcome) => outcome())).toEqual(model.outcomes);
        for (const [id, { signal }] of controllers.entries()) {
          const waits = model.outcomes[id] === "waiting";
          const iterates = model.getters.some((getter) => getter.id === id && getter.next);
          expect(getEventListeners(signal, "abort")).toHaveLength(waits && !iterates ? 1 : 0);
        }
      },
    ),
    { numRuns: runs },
  );
});
