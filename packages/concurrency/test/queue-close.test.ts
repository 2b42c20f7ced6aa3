// C001, C002 ... number the behaviours of the contract, the same for every scope that implements it.
import { Queue } from "@netloom/concurrency";
import { describe, expect, test, vi } from "vitest";
import { atOnce, watch } from "./settlement.ts";

// A wait that never ends must look like a failure soon, not like a slow pass.
vi.setConfig({ testTimeout: 5_000 });

const closed = expect.objectContaining({ code: "ERR_CONCURRENCY_CLOSED" });

function filled(...items: number[]): Queue<number> {
  const queue = new Queue<number>({ capacity: items.length });
  for (const item of items) queue.tryPut(item);
  return queue;
}

describe("close", () => {
  test("C099 C100 puts fail at once, gets drain and then fail", async () => {
    const queue = filled(1, 2);
    expect(queue.closed).toBe(false);
    queue.close();
    expect(queue.closed).toBe(true);
    await expect(queue.put(3)).rejects.toEqual(closed);
    expect(() => queue.tryPut(3)).toThrow(closed);
    expect(await queue.get()).toBe(1);
    expect(queue.tryGet()).toEqual({ value: 2 });
    await expect(queue.get()).rejects.toEqual(closed);
    expect(() => queue.tryGet()).toThrow(closed);
  });

  test("C101 waiting gets reject at once", async () => {
    const queue = new Queue();
    const gets = [watch(queue.get()), watch(queue.get())];
    queue.close();
    await atOnce();
    for (const get of gets) expect(get()).toEqual({ failed: "ERR_CONCURRENCY_CLOSED" });
  });

  test("C102 waiting puts reject at once and their items are not stored", async () => {
    const queue = filled(1);
    const puts = [watch(queue.put(2)), watch(queue.put(3))];
    queue.close();
    await atOnce();
    for (const put of puts) expect(put()).toEqual({ failed: "ERR_CONCURRENCY_CLOSED" });
    expect(await queue.get()).toBe(1);
    expect(queue.size).toBe(0);
  });

  test("C103 immediate drops the items and releases the joiners", async () => {
    const queue = filled(1, 2);
    const put = watch(queue.put(3));
    const joined = watch(queue.join());
    queue.close({ immediate: true });
    await atOnce();
    expect(queue.size).toBe(0);
    expect(joined()).toEqual({ ok: undefined });
    expect(put()).toEqual({ failed: "ERR_CONCURRENCY_CLOSED" });
    await expect(queue.get()).rejects.toEqual(closed);
    expect(() => queue.taskDone()).toThrow("too many");
  });

  test("C103 immediate leaves the items that were taken to their taskDone", async () => {
    const queue = filled(1, 2);
    await queue.get();
    const joined = watch(queue.join());
    queue.close({ immediate: true });
    await atOnce();
    expect(joined()).toBe("waiting");
    queue.taskDone();
    await atOnce();
    expect(joined()).toEqual({ ok: undefined });
  });

  test("C104 closed gracefully, join returns after the last taskDone", async () => {
    const queue = filled(1, 2);
    await queue.get();
    queue.close();
    const joined = watch(queue.join());
    queue.taskDone();
    await queue.get();
    await atOnce();
    expect(joined()).toBe("waiting");
    queue.taskDone();
    await atOnce();
    expect(joined()).toEqual({ ok: undefined });
  });

  test("C105 closing again is allowed, and immediate is not undone", async () => {
    const queue = filled(1, 2);
    queue.close();
    queue.close();
    expect(queue.size).toBe(2);
    queue.close({ immediate: true });
    queue.close({ immediate: false });
    expect(queue.size).toBe(0);
    await expect(queue.get()).rejects.toEqual(closed);
  });

  test("the end of an await using block closes and leaves what is stored", async () => {
    let kept: Queue<number>;
    {
      await using queue = filled(1);
      kept = queue;
    }
    expect(kept.closed).toBe(true);
    expect(await kept.get()).toBe(1);
  });
});

describe("iteration", () => {
  test("C106 the loop ends by itself after the last item", async () => {
    const queue = new Queue<number>({ capacity: 2 });
    const items: number[] = [];
    const consumer = (async () => {
      for await (const item of queue) items.push(item);
    })();
    for (let i = 0; i < 10; i++) await queue.put(i);
    queue.close();
    await consumer;
    expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for await (const item of queue) items.push(item);
    expect(items).toHaveLength(10);
  });

  test("close ends a loop that waits", async () => {
    const queue = new Queue<number>();
    const next = queue[Symbol.asyncIterator]().next();
    queue.close({ immediate: true });
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test("leaving a loop loses no item and leaves the queue open", async () => {
    const queue = filled(1, 2, 3);
    for await (const item of queue) {
      if (item === 2) break;
    }
    expect(await queue.get()).toBe(3);
    expect(queue.closed).toBe(false);
    const iterator = queue[Symbol.asyncIterator]();
    await iterator.return?.();
    queue.tryPut(4);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(queue.size).toBe(1);
  });

  test("an item that is a promise stays one, stored or handed over", async () => {
    const queue = new Queue<Promise<number>>();
    const iterator = queue[Symbol.asyncIterator]();
    const item = Promise.resolve(1);
    const waiting = iterator.next();
    queue.tryPut(item);
    queue.tryPut(item);
    expect((await waiting).value).toBe(item);
    expect((await iterator.next()).value).toBe(item);
  });
});
