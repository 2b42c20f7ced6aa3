import { Process, Queue } from "@netloom/concurrency/processes";
import { afterEach, describe, expect, it } from "vitest";

import type * as tasks from "../fixtures/process-tasks.mjs";
import { children, untilState } from "./process-table.ts";

const module = new URL("../fixtures/process-tasks.mjs", import.meta.url);

afterEach(() => expect(children()).toEqual([]));

async function collect<T>(queue: Queue<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of queue) items.push(item);
  return items;
}

describe("between processes", () => {
  it("items pass in order, and a full queue slows the producer down", async () => {
    const queue = new Queue<number>({ capacity: 3 });
    const child = Process.start<typeof tasks.produce>(module, "produce", [queue, 500]);
    const items: number[] = [];
    for await (const item of queue) {
      expect(queue.size).toBeLessThanOrEqual(3);
      items.push(item);
    }
    expect(items).toEqual(Array.from({ length: 500 }, (_, index) => index));
    await child.join();
    expect([queue.closed, queue.empty]).toEqual([true, true]);
  });

  it("they go through any number of processes, and work is counted", async () => {
    const from = new Queue<number>({ capacity: 4 });
    const to = new Queue<number>({ capacity: 4 });
    const workers = [1, 2].map((id) =>
      Process.start<typeof tasks.double>(module, "double", [{ from, to: [to] }], {
        name: `double-${id}`,
      }),
    );
    const results: number[] = [];
    const reader = (async () => {
      while (results.length < 100) results.push(await to.get());
    })();
    for (let item = 0; item < 100; item++) await from.put(item);
    await from.join();
    await reader;
    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i * 2));
    from.close();
    await Promise.allSettled(workers.map((worker) => worker.join()));
  });

  it("every call keeps the contract in the child too", async () => {
    const queue = new Queue<string>({ capacity: 1 });
    const child = Process.start<typeof tasks.tour>(module, "tour", [queue]);
    expect(await child.join()).toEqual({
      capacity: 1,
      fresh: [0, true, false, false],
      aborted: "ERR_CONCURRENCY_ABORTED: enough",
      nothing: undefined,
      late: "ERR_CONCURRENCY_TIMEOUT",
      put: [true, false],
      noRoom: "ERR_CONCURRENCY_TIMEOUT",
      full: [1, false, true],
      got: { value: "a" },
      notDone: "ERR_CONCURRENCY_TIMEOUT",
      done: "fulfilled",
      tooOften: "ERR_CONCURRENCY_TASK_DONE",
      joined: "fulfilled",
      option: "ERR_CONCURRENCY_OPTION",
      already: "ERR_CONCURRENCY_ABORTED: before",
      clone: expect.stringContaining("ERR_CONCURRENCY_CLONE: "),
      close: "fulfilled",
      closed: true,
      closedPut: "ERR_CONCURRENCY_CLOSED",
      closedGet: "ERR_CONCURRENCY_CLOSED",
      closedTry: "ERR_CONCURRENCY_CLOSED",
    });
  });

  it("a queue at a place where it cannot go is refused", async () => {
    const queue = new Queue<unknown>();
    const start = (): unknown => Process.start(module, "same", [new Map([["queue", queue]])]);
    expect(start).toThrow(expect.objectContaining({ code: "ERR_CONCURRENCY_CLONE" }));
    await expect(queue.put(queue)).rejects.toMatchObject({ code: "ERR_CONCURRENCY_CLONE" });
    expect(queue.size).toBe(0);
    while (children().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("items are copies", async () => {
    const queue = new Queue<{ words: string[] }>();
    const item = { words: ["one"] };
    await queue.put(item);
    item.words.push("two");
    expect(await queue.get()).toEqual({ words: ["one"] });
  });
});

describe("a child that dies", () => {
  /** A stopped child that has taken one item and waits for another. */
  async function stoppedTaker(queue: Queue<number>): Promise<Process<void>> {
    const told = new Queue<number>();
    const args = [queue, told] as const;
    const child = Process.start<typeof tasks.takeTwo>(module, "takeTwo", args);
    await queue.put(0);
    expect(await told.get()).toBe(0);
    const pid = child.pid as number;
    process.kill(pid, "SIGSTOP");
    await untilState(pid, "T");
    return child;
  }

  it("while it waits takes nothing along: the item goes back to the front", async () => {
    const queue = new Queue<number>();
    await using child = await stoppedTaker(queue);
    await queue.put(1); // granted to the stopped child
    expect(queue.size).toBe(0);
    await queue.put(2);
    await child[Symbol.asyncDispose]();
    expect(queue.size).toBe(2);
    expect([await queue.get(), queue.tryGet()]).toEqual([1, { value: 2 }]);
    expect([queue.size, queue.tryGet()]).toEqual([0, undefined]);
  });

  it("hands the item to who waits by then, and it counts once for join", async () => {
    const queue = new Queue<number>({ capacity: 1 });
    await using child = await stoppedTaker(queue);
    queue.taskDone(); // the one that the child has received
    await queue.put(1);
    const next = queue.get();
    await child[Symbol.asyncDispose]();
    expect(await next).toBe(1);
    await expect(queue.join({ timeoutMs: 5 })).rejects.toMatchObject({
      code: "ERR_CONCURRENCY_TIMEOUT",
    });
    queue.taskDone();
    await queue.join();
    expect(() => queue.taskDone()).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_TASK_DONE" }),
    );
  });

  it("gives back to a closed queue too, unless that drops everything", async () => {
    for (const immediate of [false, true]) {
      const queue = new Queue<number>();
      await using child = await stoppedTaker(queue);
      queue.taskDone();
      await queue.put(1);
      queue.close({ immediate });
      await child[Symbol.asyncDispose]();
      expect(await collect(queue)).toEqual(immediate ? [] : [1]);
      if (!immediate) queue.taskDone();
      await queue.join();
    }
  });

  it("while it waits leaves its place in the line", async () => {
    const queue = new Queue<number>();
    await using child = await stoppedTaker(queue);
    await child[Symbol.asyncDispose]();
    await queue.put(1);
    expect(queue.size).toBe(1);
    expect(await queue.get()).toBe(1);
  });

  it("under load, at any moment: what it has not received is not lost", async () => {
    const queue = new Queue<number>({ capacity: 8 });
    const echoed = new Queue<number>({ capacity: 8 });
    const spawn = (): Process<void> =>
      Process.start<typeof tasks.double>(module, "double", [{ from: queue, to: [echoed] }]);
    const rounds = 10;
    const seen: number[] = [];
    let item = 0;
    for (let round = 0; round < rounds; round++) {
      const child = spawn();
      const sent = item + 5 * (round + 1);
      const limit = sent - 3;
      const reader = (async () => {
        while ((seen.at(-1) ?? -1) < limit) seen.push((await echoed.get()) / 2);
        child.kill();
      })();
      while (item <= sent) {
        await queue.put(item++, { timeoutMs: 5_000 }).catch(() => {});
      }
      await reader;
      await child.join().catch(() => {});
    }
    queue.close();
    const left = await collect(queue);
    const back = new Set([...seen, ...left]);
    // At most one item a round was in the hands of the child that was killed.
    const lost = Array.from({ length: item }, (_, index) => index).filter((one) => !back.has(one));
    expect(lost.length).toBeLessThanOrEqual(2 * rounds);
    expect(seen).toEqual([...new Set(seen)]);
  });
});
