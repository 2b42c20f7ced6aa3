// C001, C002 ... number the behaviours of the contract, the same for every scope that implements it.
import { getEventListeners } from "node:events";
import { Queue } from "@netloom/concurrency";
import type { AnyQueue } from "@netloom/concurrency";
import { describe, expect, test, vi } from "vitest";
import { atOnce, failure, timers, watch } from "./settlement.ts";

// A wait that never ends must look like a failure soon, not like a slow pass.
vi.setConfig({ testTimeout: 5_000 });

const closed = expect.objectContaining({ code: "ERR_CONCURRENCY_CLOSED" });

function filled(...items: number[]): Queue<number> {
  const queue = new Queue<number>({ capacity: items.length });
  for (const item of items) queue.tryPut(item);
  return queue;
}

describe("put and get", () => {
  test("C081 C082 a put into a full queue waits for a get and keeps its place", async () => {
    const queue = new Queue<number>({ capacity: 2 });
    const puts = [1, 2, 3].map((item) => watch(queue.put(item)));
    await atOnce();
    expect(puts.map((put) => put())).toEqual([{ ok: undefined }, { ok: undefined }, "waiting"]);
    expect([queue.full, queue.size, queue.capacity]).toEqual([true, 2, 2]);
    expect(await queue.get()).toBe(1);
    await atOnce();
    expect(puts[2]?.()).toEqual({ ok: undefined });
    expect([await queue.get(), await queue.get()]).toEqual([2, 3]);
    expect(queue.empty).toBe(true);
  });

  test("C083 waiting gets are served in their order", async () => {
    const queue = new Queue<string>();
    const gets = [queue.get(), queue.get()];
    await queue.put("x");
    await queue.put("y");
    expect(await Promise.all(gets)).toEqual(["x", "y"]);
  });

  test("C084 C085 tryGet of an empty and tryPut of a full queue say so at once", () => {
    const queue = new Queue<number | undefined>({ capacity: 1 });
    expect(queue.tryGet()).toBeUndefined();
    expect(queue.tryPut(undefined)).toBe(true);
    expect(queue.tryPut(2)).toBe(false);
    expect(queue.size).toBe(1);
    expect(queue.tryGet()).toEqual({ value: undefined });
    expect(queue.tryGet()).toBeUndefined();
  });

  test("tryPut hands over to a waiting get, tryGet lets a waiting put in", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const get = queue.get();
    expect(queue.tryPut(1)).toBe(true);
    expect(queue.size).toBe(0);
    expect(await get).toBe(1);
    await queue.put(2);
    const put = queue.put(3);
    expect(queue.tryGet()).toEqual({ value: 2 });
    await put;
    expect(queue.tryPut(4)).toBe(false);
    expect(queue.tryGet()).toEqual({ value: 3 });
  });

  test("C086 a get that timed out leaves no ghost", async () => {
    const queue = new Queue<number>();
    const start = performance.now();
    expect((await failure(queue.get({ timeoutMs: 50 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(performance.now() - start).toBeGreaterThanOrEqual(50);
    const next = queue.get();
    await queue.put(1);
    expect(await next).toBe(1);
  });

  test("C087 of ten waiting gets nine abort, the tenth gets the item", async () => {
    const queue = new Queue<number>();
    const controller = new AbortController();
    const aborted = Array.from({ length: 9 }, () =>
      failure(queue.get({ signal: controller.signal })),
    );
    const remaining = queue.get();
    controller.abort();
    await queue.put(1);
    expect(await remaining).toBe(1);
    for (const error of await Promise.all(aborted)) {
      expect(error.code).toBe("ERR_CONCURRENCY_ABORTED");
    }
  });

  test("C088 the item of an aborted put never appears", async () => {
    const queue = filled(1);
    const controller = new AbortController();
    const aborted = failure(queue.put(2, { signal: controller.signal }));
    const later = queue.put(3);
    controller.abort();
    expect([await queue.get(), await queue.get()]).toEqual([1, 3]);
    await later;
    expect((await aborted).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(queue.tryGet()).toBeUndefined();
  });

  test("C089 an abort after the hand-over does not lose the item", async () => {
    const queue = new Queue<number>();
    const controller = new AbortController();
    const granted = queue.get({ signal: controller.signal });
    const next = queue.get();
    queue.tryPut(1);
    controller.abort();
    queue.tryPut(2);
    expect([await granted, await next]).toEqual([1, 2]);
  });

  test("C090 C091 the default capacity is finite, and no other nonsense is accepted", () => {
    const queue = new Queue<number>();
    expect(queue.capacity).toBe(1024);
    for (let i = 0; i < 1024; i++) expect(queue.tryPut(i)).toBe(true);
    expect(queue.tryPut(1024)).toBe(false);
    expect(new Queue({ capacity: Infinity }).full).toBe(false);
    for (const capacity of [0, -1, 1.5, Number.NaN, -Infinity, 2 ** 53, "2" as never]) {
      expect(() => new Queue({ capacity })).toThrow(
        expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }),
      );
    }
    expect(() => new Queue({ maxWaiting: -1 })).toThrow("maxWaiting");
  });

  test.each([-1, Number.NaN])("C091 time limit %s is refused", async (timeoutMs) => {
    const queue = filled(1);
    for (const call of [
      queue.put(2, { timeoutMs }),
      queue.get({ timeoutMs }),
      queue.join({ timeoutMs }),
    ]) {
      expect((await failure(call)).code).toBe("ERR_CONCURRENCY_OPTION");
    }
    expect(queue.size).toBe(1);
  });

  test("a signal that is aborted already neither stores nor takes", async () => {
    const queue = new Queue<number>();
    const signal = AbortSignal.abort();
    expect((await failure(queue.put(1, { signal }))).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(queue.size).toBe(0);
    queue.tryPut(2);
    expect((await failure(queue.get({ signal }))).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect((await failure(queue.join({ signal }))).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(queue.size).toBe(1);
  });

  test("time limit 0 takes what is there and waits for nothing", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    expect((await failure(queue.get({ timeoutMs: 0 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    await queue.put(1, { timeoutMs: 0 });
    expect((await failure(queue.put(2, { timeoutMs: 0 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect((await failure(queue.join({ timeoutMs: 0 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(await queue.get({ timeoutMs: 0 })).toBe(1);
  });

  test("each kind of call waits as often as maxWaiting allows", async () => {
    const queue = new Queue<number>({ capacity: 1, maxWaiting: 1 });
    const get = queue.get();
    expect((await failure(queue.get())).code).toBe("ERR_CONCURRENCY_LIMIT");
    expect((await failure(queue[Symbol.asyncIterator]().next())).code).toBe(
      "ERR_CONCURRENCY_LIMIT",
    );
    queue.tryPut(1);
    await get;
    await queue.put(2);
    const put = queue.put(3);
    expect((await failure(queue.put(4))).code).toBe("ERR_CONCURRENCY_LIMIT");
    expect([await queue.get(), await queue.get()]).toEqual([2, 3]);
    await put;
  });

  test("no outcome leaves a listener or a timer", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    // Node's list of timers has the test runner's, too: only what happens within one turn compares.
    let before = timers();
    const controller = new AbortController();
    const { signal } = controller;
    const limits = { signal, timeoutMs: 60_000 };
    const listeners = (): number => getEventListeners(signal, "abort").length;

    const get = queue.get(limits);
    expect([listeners(), timers()]).toEqual([1, before + 1]);
    await queue.put(1, limits);
    await get;
    expect([listeners(), timers()]).toEqual([0, before]);

    await queue.put(2, limits);
    const ends = [queue.put(3, limits), queue.join(limits)].map((wait) => failure(wait));
    expect([listeners(), timers()]).toEqual([1, before + 2]);
    controller.abort();
    expect([listeners(), timers()]).toEqual([0, before]);
    for (const error of await Promise.all(ends)) expect(error.code).toBe("ERR_CONCURRENCY_ABORTED");

    const timed = new AbortController();
    const error = await failure(queue.join({ signal: timed.signal, timeoutMs: 1 }));
    expect(error.code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(getEventListeners(timed.signal, "abort")).toHaveLength(0);
    before = timers();

    const other = new AbortController();
    const put = failure(queue.put(4, { signal: other.signal, timeoutMs: 60_000 }));
    queue.close();
    expect(getEventListeners(other.signal, "abort")).toHaveLength(0);
    expect(timers()).toBe(before);
    expect((await put).code).toBe("ERR_CONCURRENCY_CLOSED");
  });
});

describe("taskDone and join", () => {
  test("C095 join waits until the last taken item is done", async () => {
    const queue = filled(1, 2, 3);
    const joined = watch(queue.join());
    for (let i = 0; i < 3; i++) {
      await atOnce();
      expect(joined()).toBe("waiting");
      await queue.get();
      queue.taskDone();
    }
    await atOnce();
    expect(joined()).toEqual({ ok: undefined });
  });

  test("C096 join of a queue never used returns at once", async () => {
    await new Queue().join();
  });

  test("C097 taskDone too often is an error, also while untaken items are stored", async () => {
    const queue = filled(1);
    await queue.get();
    queue.taskDone();
    for (const misused of [queue, new Queue(), filled(1, 2)]) {
      expect(() => misused.taskDone()).toThrow(
        expect.objectContaining({
          code: "ERR_CONCURRENCY_TASK_DONE",
          message: expect.stringContaining("called too many times"),
        }),
      );
    }
  });

  test("C098 a join whose count has reached zero returns, whatever is put meanwhile", async () => {
    const queue = filled(1);
    const joined = watch(queue.join());
    await queue.get();
    queue.taskDone();
    queue.tryPut(2);
    await atOnce();
    expect(joined()).toEqual({ ok: undefined });
  });

  test("an item handed from a waiting put to a waiting get counts", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    const get = queue.get();
    await queue.put(1);
    await get;
    const joined = watch(queue.join());
    await atOnce();
    expect(joined()).toBe("waiting");
    queue.taskDone();
    await atOnce();
    expect(joined()).toEqual({ ok: undefined });
  });
});

test("C107 four producers, six consumers: each item once, each producer's in order", async () => {
  const perProducer = 16_000;
  const queue = new Queue<{ from: number; number: number }>({ capacity: 64 });
  const seen: { from: number; number: number }[][] = [];
  const producers = [0, 1, 2, 3].map(async (from) => {
    for (let number = 0; number < perProducer; number++) await queue.put({ from, number });
  });
  const consumers = Array.from({ length: 6 }, async (_, consumer) => {
    const mine: { from: number; number: number }[] = [];
    seen.push(mine);
    if (consumer % 2 === 0) {
      for await (const item of queue) mine.push(item);
      return;
    }
    try {
      for (;;) mine.push(await queue.get());
    } catch (error) {
      expect(error).toEqual(closed);
    }
  });
  await Promise.all(producers);
  queue.close();
  await Promise.all(consumers);
  const all = new Set<number>();
  for (const items of seen) {
    const last = [-1, -1, -1, -1];
    for (const { from, number } of items) {
      if (number <= (last[from] ?? 0)) throw new Error(`${from}: ${number} out of order`);
      last[from] = number;
      all.add(from * perProducer + number);
    }
  }
  expect(seen.flat()).toHaveLength(4 * perProducer);
  expect(all.size).toBe(4 * perProducer);
});

test("C108 with capacity 1 never more than one item is stored", async () => {
  const queue = new Queue<number>({ capacity: 1 });
  const producer = (async () => {
    for (let i = 0; i < 10_000; i++) {
      await queue.put(i);
      if (queue.size > 1) throw new Error(`${queue.size} items stored`);
    }
    queue.close();
  })();
  let expected = 0;
  for await (const item of queue) {
    if (item !== expected++) throw new Error(`${item} out of order`);
  }
  await producer;
  expect(expected).toBe(10_000);
});

test("a program against the interface runs on the class", async () => {
  const queue: AnyQueue<number> = new Queue({ capacity: 1 });
  expect(await queue.tryPut(1)).toBe(true);
  expect(await queue.full).toBe(true);
  expect(await queue.tryGet()).toEqual({ value: 1 });
  await queue.taskDone();
  await queue.join();
});
