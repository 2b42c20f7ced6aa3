// The awaiting form, within one thread: a second mutex on the same memory is what another thread has.
import { Mutex } from "@netloom/concurrency/threads";
import type { MutexHandle } from "@netloom/concurrency/threads";
import type { AnyMutex } from "@netloom/concurrency";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { runs, runsTimeoutMs } from "../runs.ts";
import { failure, timers, watch } from "../settlement.ts";

function pair(maxWaiting?: number): { here: Mutex; there: Mutex } {
  const here = new Mutex({ maxWaiting });
  return { here, there: Mutex.from(structuredClone(here.handle)) };
}

describe("Mutex", () => {
  it("meets the contract's interface", () => {
    const mutex: AnyMutex = new Mutex();
    expect(mutex.locked).toBe(false);
  });

  it("is the same mutex wherever its handle went", async () => {
    const { here, there } = pair();
    const guard = await here.acquire();
    expect([there.locked, there.waiting]).toEqual([true, 0]);
    expect(there.tryAcquire()).toBeUndefined();
    const wait = there.acquire();
    expect(here.waiting).toBe(1);
    expect(here.inspect()).toEqual({ holder: 0, waiters: [0] });
    guard.release();
    const next = await wait;
    expect([here.locked, here.waiting]).toEqual([true, 0]);
    next.release();
    expect(here.inspect()).toEqual({ holder: undefined, waiters: [] });
  });

  it("hands over first come, first served, and lets nobody slip in", async () => {
    const { here, there } = pair();
    const order: number[] = [];
    const guard = here.tryAcquire();
    const all = Array.from({ length: 20 }, (_, at) =>
      (at % 2 === 0 ? here : there).run(() => order.push(at)),
    );
    guard?.release();
    expect(here.tryAcquire()).toBeUndefined();
    await Promise.all(all);
    expect(order).toEqual([...Array(20).keys()]);
  });

  it("ends a wait by its time limit or its signal, and nothing stays behind", async () => {
    const { here, there } = pair();
    const before = timers();
    const guard = await here.acquire();
    const begun = performance.now();
    expect((await failure(there.acquire({ timeoutMs: 20 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(performance.now() - begun).toBeGreaterThanOrEqual(20);
    const controller = new AbortController();
    const wait = failure(there.acquire({ signal: controller.signal }));
    controller.abort("enough");
    expect(await wait).toMatchObject({ code: "ERR_CONCURRENCY_ABORTED", cause: "enough" });
    expect((await failure(there.acquire({ timeoutMs: 0 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(here.waiting).toBe(0);
    guard.release();
    expect(timers()).toBe(before);
    (await there.acquire({ timeoutMs: 0 })).release();
  });

  it("an aborted signal takes nothing; an abort after the grant has no effect", async () => {
    const { here, there } = pair();
    const aborted = AbortSignal.abort();
    expect((await failure(here.acquire({ signal: aborted }))).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(here.locked).toBe(false);
    const controller = new AbortController();
    const guard = await here.acquire();
    const wait = there.acquire({ signal: controller.signal });
    guard.release();
    controller.abort();
    (await wait).release();
    expect(here.locked).toBe(false);
  });

  it("passes on result and error of run, and is free afterwards", async () => {
    const { here } = pair();
    expect(await here.run(async () => 7)).toBe(7);
    await expect(here.run(() => Promise.reject(new RangeError("no")))).rejects.toThrow(RangeError);
    expect(here.locked).toBe(false);
  });

  it("refuses a wait beyond maxWaiting, and has the place again once one has ended", async () => {
    const { here } = pair(1);
    const guard = await here.acquire();
    for (let round = 0; round < 3; round++) {
      const wait = here.acquire({ timeoutMs: 5 });
      expect((await failure(here.acquire())).code).toBe("ERR_CONCURRENCY_LIMIT");
      expect((await failure(wait)).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    }
    guard.release();
  });

  it("refuses a second release, the blocking form in the main thread, and bad options", async () => {
    const { here } = pair();
    const guard = await here.acquire();
    guard.release();
    expect(() => guard.release()).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_RELEASED" }),
    );
    // Test files run in a worker process's main thread.
    expect(() => here.acquireSync()).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_MAIN_THREAD" }),
    );
    const refusal = expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }) as Error;
    expect(() => new Mutex({ maxWaiting: 65_537 })).toThrow(refusal);
    expect(() => Mutex.from({} as MutexHandle)).toThrow(refusal);
    const buffer = new SharedArrayBuffer(8);
    expect(() => Mutex.from({ type: "netloom.mutex", buffer })).toThrow(refusal);
    await expect(here.acquire({ timeoutMs: -1 })).rejects.toThrow(refusal);
    expect(here.locked).toBe(false);
  });
});

type Step = "acquire" | "try" | "release" | "abort";
const steps = fc.array(
  fc.tuple(fc.constantFrom<Step>("acquire", "try", "release", "abort"), fc.nat(9)),
  { maxLength: 40 },
);

it(
  "does what a list of waiters does, whatever the order of calls",
  { timeout: runsTimeoutMs },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const { here, there } = pair(4);
        // The model: who holds it, who waits, in order.
        let holder: { release(): void } | undefined;
        const line: {
          controller: AbortController;
          wait: Promise<{ release(): void }>;
          state: () => unknown;
        }[] = [];
        for (const [step, which] of list) {
          const mutex = which % 2 === 0 ? here : there;
          if (step === "try") {
            const guard = mutex.tryAcquire();
            expect(guard === undefined).toBe(holder !== undefined);
            holder ??= guard;
          } else if (step === "acquire" && holder === undefined) {
            holder = await mutex.acquire();
          } else if (step === "acquire") {
            const controller = new AbortController();
            const wait = mutex.acquire({ signal: controller.signal });
            const entry = { controller, wait, state: watch(wait) };
            if (line.length < 4) line.push(entry);
            else expect((await failure(wait)).code).toBe("ERR_CONCURRENCY_LIMIT");
          } else if (step === "release" && holder !== undefined) {
            holder.release();
            holder = await line.shift()?.wait;
          } else if (step === "abort" && line.length > 0) {
            const [entry] = line.splice(which % line.length, 1);
            entry?.controller.abort();
            if (entry !== undefined) {
              expect((await failure(entry.wait)).code).toBe("ERR_CONCURRENCY_ABORTED");
            }
          }
          expect([here.locked, there.waiting]).toEqual([holder !== undefined, line.length]);
          expect(line.every(({ state }) => state() === "waiting")).toBe(true);
        }
        while (holder !== undefined) {
          holder.release();
          holder = await line.shift()?.wait;
        }
        expect(here.inspect()).toEqual({ holder: undefined, waiters: [] });
      }),
      { numRuns: runs },
    );
  },
);
