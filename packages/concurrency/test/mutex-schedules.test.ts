// Tasks that take the mutex in every way, in random interleavings chosen by fast-check's scheduler.
import { getEventListeners } from "node:events";
import { ConcurrencyError, Mutex } from "@netloom/concurrency";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runs, runsTimeoutMs } from "./runs.ts";

const task = fc.record({
  how: fc.constantFrom("acquire", "run", "runSync", "tryAcquire", "zero"),
  abort: fc.boolean(),
  holdSteps: fc.nat(2),
});

test("exclusion, order and no lost lock in any schedule", { timeout: runsTimeoutMs }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(task, { minLength: 2, maxLength: 7 }),
      async (scheduler, tasks) => {
        const mutex = new Mutex();
        const shared = new AbortController();
        const step = (label: string): Promise<void> =>
          scheduler.schedule<void>(Promise.resolve(), label);
        const arrived: number[] = [];
        const entered: number[] = [];
        const rejected = new Set<number>();
        let inside = 0;

        async function critical(id: number, steps: number): Promise<void> {
          entered.push(id);
          expect(++inside).toBe(1);
          for (let i = 0; i < steps; i++) await step(`hold ${id}`);
          expect(mutex.locked).toBe(true);
          inside--;
        }

        async function act(id: number): Promise<void> {
          const { how, abort, holdSteps } = tasks[id]!;
          await step(`start ${id}`);
          const options = {
            ...(abort ? { signal: shared.signal } : {}),
            ...(how === "zero" ? { timeoutMs: 0 } : {}),
          };
          if (how === "tryAcquire") {
            const free = !mutex.locked;
            using guard = mutex.tryAcquire();
            expect(guard !== undefined).toBe(free);
            if (guard !== undefined) {
              arrived.push(id);
              await critical(id, holdSteps);
            }
            return;
          }
          arrived.push(id);
          try {
            if (how === "run") await mutex.run(() => critical(id, holdSteps), options);
            else if (how === "runSync") {
              const held = (): void => {
                entered.push(id);
                expect(inside).toBe(0);
              };
              await mutex.run(held, options);
            } else {
              using _ = await mutex.acquire(options);
              await critical(id, holdSteps);
            }
          } catch (error) {
            if (!(error instanceof ConcurrencyError)) throw error;
            expect(["ERR_CONCURRENCY_ABORTED", "ERR_CONCURRENCY_TIMEOUT"]).toContain(error.code);
            rejected.add(id);
          }
        }

        async function abort(): Promise<void> {
          await step("abort");
          shared.abort();
        }

        await scheduler.waitFor(Promise.all([abort(), ...tasks.map((_, id) => act(id))]));
        expect(entered).toEqual(arrived.filter((id) => !rejected.has(id)));
        expect([mutex.locked, mutex.waiting]).toEqual([false, 0]);
        expect(getEventListeners(shared.signal, "abort")).toHaveLength(0);
      },
    ),
    // A lost lock shows as a schedule that never ends.
    { numRuns: runs, timeout: 5_000 },
  );
});
