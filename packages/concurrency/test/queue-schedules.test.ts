// Producers and consumers of every kind, in random interleavings chosen by fast-check's scheduler.
import { getEventListeners } from "node:events";
import { ConcurrencyError, Queue } from "@netloom/concurrency";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runs, runsTimeoutMs } from "./runs.ts";

const program = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  producers: fc.array(
    fc.record({
      how: fc.constantFrom("put", "tryPut"),
      items: fc.integer({ min: 1, max: 4 }),
      abort: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  consumers: fc.array(
    fc.record({
      how: fc.constantFrom("get", "tryGet", "iterate"),
      items: fc.integer({ min: 1, max: 4 }),
      abort: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  close: fc.constantFrom("after the producers", "any time", "any time, immediate"),
});

interface Item {
  readonly from: number;
  readonly number: number;
}

test(
  "no item is lost, doubled or out of order in any schedule",
  { timeout: runsTimeoutMs },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), program, async (scheduler, program) => {
        const queue = new Queue<Item>({ capacity: program.capacity });
        const shared = new AbortController();
        const step = async (label: string): Promise<void> => {
          await scheduler.schedule(Promise.resolve(), label);
          expect(queue.size).toBeLessThanOrEqual(program.capacity);
        };
        const put: Item[] = [];
        const taken: Item[][] = [];
        let dropped = 0;

        /** Whether the call ended for one of the reasons that it may end for. */
        function mayEnd(error: unknown): boolean {
          if (!(error instanceof ConcurrencyError)) throw error;
          expect(["ERR_CONCURRENCY_ABORTED", "ERR_CONCURRENCY_CLOSED"]).toContain(error.code);
          return true;
        }

        async function produce(from: number): Promise<void> {
          const { how, items, abort } = program.producers[from]!;
          try {
            for (let number = 0; number < items; number++) {
              await step(`put ${from}`);
              const item = { from, number };
              if (how === "tryPut") {
                if (queue.tryPut(item)) put.push(item);
              } else {
                await queue.put(item, abort ? { signal: shared.signal } : undefined);
                put.push(item);
              }
            }
          } catch (error) {
            mayEnd(error);
          }
        }

        async function consume(consumer: number): Promise<void> {
          const { how, items, abort } = program.consumers[consumer]!;
          const mine: Item[] = [];
          taken.push(mine);
          try {
            if (how === "iterate") {
              for await (const item of queue) {
                mine.push(item);
                await step(`iterate ${consumer}`);
                queue.taskDone();
                if (mine.length === items) return;
              }
              return;
            }
            for (let i = 0; i < items; i++) {
              await step(`get ${consumer}`);
              const item =
                how === "get"
                  ? { value: await queue.get(abort ? { signal: shared.signal } : undefined) }
                  : queue.tryGet();
              if (item === undefined) continue;
              mine.push(item.value);
              queue.taskDone();
            }
          } catch (error) {
            mayEnd(error);
          }
        }

        async function abort(): Promise<void> {
          await step("abort");
          shared.abort();
        }

        async function close(producers: Promise<unknown>): Promise<void> {
          // Whoever waits at a queue whose other end has gone would wait for ever: somebody closes it.
          if (program.close === "after the producers") await producers;
          await step("close");
          const { size } = queue;
          queue.close({ immediate: program.close === "any time, immediate" });
          dropped = size - queue.size;
        }

        const consumers = program.consumers.map((_, id) => consume(id));
        async function drainRest(): Promise<void> {
          await Promise.all(consumers);
          // Waiting puts of a queue that nobody reads any more end here.
          await step("drain");
          const rest: Item[] = [];
          for (let item = drain(queue); item !== undefined; item = drain(queue))
            rest.push(item.value);
          for (const _ of rest) queue.taskDone();
          taken.push(rest);
          queue.close();
        }
        const producers = Promise.all(program.producers.map((_, id) => produce(id)));
        await scheduler.waitFor(Promise.all([producers, abort(), close(producers), drainRest()]));
        for (let item = drain(queue); item !== undefined; item = drain(queue)) {
          taken.push([item.value]);
          queue.taskDone();
        }
        await queue.join();

        const all = taken.flat();
        expect(all.length + dropped).toBe(put.length);
        expect(new Set(all.map(({ from, number }) => from * 10 + number)).size).toBe(all.length);
        for (const items of taken) {
          const last = program.producers.map(() => -1);
          for (const { from, number } of items) {
            expect(number).toBeGreaterThan(last[from]!);
            last[from] = number;
          }
        }
        expect(getEventListeners(shared.signal, "abort")).toHaveLength(0);
      }),
      // A lost wake-up shows as a schedule that never ends.
      { numRuns: runs, timeout: 5_000 },
    );
  },
);

function drain(queue: Queue<Item>): { readonly value: Item } | undefined {
  return queue.empty ? undefined : queue.tryGet();
}
