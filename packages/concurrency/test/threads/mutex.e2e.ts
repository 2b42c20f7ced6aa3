// Several real threads at one mutex and one barrier.
import { activeThreads, Barrier, Mutex, Thread } from "@netloom/concurrency/threads";
import { afterEach, describe, expect, it } from "vitest";

import type * as work from "../fixtures/thread-work.mjs";

type Work = typeof work;
const module = new URL("../fixtures/thread-work.mjs", import.meta.url);
const times = process.env["NETLOOM_LONG"] ? 200_000 : 3_000;

function start<K extends keyof Work>(
  entry: K,
  args: Parameters<Work[K]>,
): Thread<Awaited<ReturnType<Work[K]>>> {
  return Thread.start<Work[K]>(module, entry, args);
}

function sharedWords(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

afterEach(() => {
  expect(activeThreads()).toEqual([]);
});

describe("no update is lost", { timeout: 600_000 }, () => {
  const forms = ["blocking", "awaiting", "giving up"] as const;
  for (const crew of [...forms.map((form) => [form, form]), forms] as const) {
    it(`by threads that are ${crew.join(", ")}`, async () => {
      const mutex = new Mutex();
      const counter = sharedWords(1);
      const barrier = new Barrier(crew.length);
      const threads = crew.map((form) =>
        start("increment", [mutex.handle, barrier.handle, counter, times, form]),
      );
      const done = await Promise.all(threads.map((thread) => thread.join()));
      expect(done).toEqual(crew.map(() => times));
      expect(counter[0]).toBe(times * crew.length);
      expect(mutex.inspect()).toEqual({ holder: undefined, waiters: [] });
    });
  }
});

it("is handed over first come, first served, and shows who waits", async () => {
  const mutex = new Mutex();
  const order = sharedWords(8);
  const guard = await mutex.acquire();
  const threads = [];
  for (let at = 1; at <= 4; at++) {
    threads.push(start("enterInOrder", [mutex.handle, order, at]));
    await until(() => mutex.waiting === at);
  }
  expect(mutex.inspect()).toEqual({ holder: 0, waiters: threads.map(({ id }) => id) });
  guard.release();
  await Promise.all(threads.map((thread) => thread.join()));
  expect([...order.subarray(0, 5)]).toEqual([4, 1, 2, 3, 4]);
});

it("a blocking wait ends at its time limit, not earlier", async () => {
  const mutex = new Mutex();
  using _guard = await mutex.acquire();
  const { code, ms } = await start("acquireWithin", [mutex.handle, 40]).join();
  expect(code).toBe("ERR_CONCURRENCY_TIMEOUT");
  expect(ms).toBeGreaterThanOrEqual(40);
  const none = await start("acquireWithin", [mutex.handle, 0]).join();
  expect(none.code).toBe("ERR_CONCURRENCY_TIMEOUT");
  expect(mutex.waiting).toBe(0);
});

it("a wait in the main thread keeps the process alive and is granted by a worker", async () => {
  const mutex = new Mutex();
  const guard = mutex.tryAcquire();
  const thread = start("acquireWithin", [mutex.handle, 60_000]);
  await until(() => mutex.waiting === 1);
  const wait = mutex.acquire();
  guard?.release();
  (await wait).release();
  expect((await thread.join()).code).toBe("granted");
});

it("a barrier lets nobody go ahead", async () => {
  const barrier = new Barrier(3);
  const arrived = sharedWords(1);
  const threads = Array.from({ length: 3 }, () =>
    start("meet", [barrier.handle, arrived, times / 10]),
  );
  expect(await Promise.all(threads.map((thread) => thread.join()))).toEqual([0, 0, 0]);
});
