import { Pool, Queue } from "@netloom/concurrency/processes";
import type { PoolOptions } from "@netloom/concurrency/processes";
import { afterEach, describe, expect, it } from "vitest";

import type * as tasks from "../fixtures/process-tasks.mjs";
import { children, isRunning, untilEnded } from "./process-table.ts";

type Tasks = typeof tasks;

const module = new URL("../fixtures/process-tasks.mjs", import.meta.url);
const makePool = (options: Omit<PoolOptions, "module"> = {}): Pool<Tasks> =>
  new Pool<Tasks>({ module, size: 2, ...options });
const code = (name: string): unknown =>
  expect.objectContaining({ code: `ERR_CONCURRENCY_${name}` });

afterEach(() => expect(children()).toEqual([]));

describe("tasks", () => {
  it("are run by workers whose numbers stay and are used again", async () => {
    await using pool = makePool({ size: 3, name: "crew" });
    const first = await Promise.all([1, 2, 3].map((value) => pool.run("later", [30, value])));
    expect(first.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(new Set(first.map(({ pid }) => pid)).size).toBe(3);
    const second = await Promise.all(
      Array.from({ length: 9 }, (_, i) => pool.run("later", [5, i])),
    );
    expect(second.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const pidOf = new Map(first.map(({ id, pid }) => [id, pid]));
    for (const { id, pid } of second) expect(pidOf.get(id)).toBe(pid);
    // The free worker with the lowest number is taken.
    expect((await pool.run("who", [])).name).toBe("crew-1");
  });

  it("are started only where they are needed", async () => {
    await using pool = makePool({ size: 8 });
    for (let n = 0; n < 3; n++) expect(await pool.run("square", [n])).toBe(n * n);
    expect(children()).toHaveLength(1);
  });

  it("map keeps the order of the items", async () => {
    await using pool = makePool();
    const items = Array.from({ length: 50 }, (_, index) => index);
    expect(await pool.map("square", new Set(items))).toEqual(items.map((item) => item * item));
    expect(await pool.map("square", [])).toEqual([]);
  });

  it("give their errors back, and the worker goes on", async () => {
    await using pool = makePool({ size: 1 });
    const { pid } = await pool.run("who", []);
    await expect(pool.run("fail", ["type"])).rejects.toMatchObject({
      name: "TypeError",
      code: "ERR_OWN",
      cause: { message: "too far" },
    });
    await expect(pool.map("fail", ["type", "type"])).rejects.toThrow("no such thing");
    await expect(pool.run("nothing" as "who", [])).rejects.toEqual(code("OPTION"));
    await expect(pool.run("same", [() => {}])).rejects.toEqual(code("CLONE"));
    expect((await pool.run("who", [])).pid).toBe(pid);
  });

  it("may use queues while they run", async () => {
    await using pool = makePool();
    const queue = new Queue<number>({ capacity: 2 });
    const done = pool.run("produce", [queue, 5]);
    const items: number[] = [];
    for await (const item of queue) items.push(item);
    await done;
    expect(items).toEqual([0, 1, 2, 3, 4]);
  });

  it("may not use queues afterwards", async () => {
    await using pool = makePool({ size: 1 });
    expect(await pool.run("keep", [new Queue<number>()])).toBe("kept");
    await expect(pool.run("keep", [])).rejects.toEqual(code("STATE"));
  });
});

describe("a worker that dies", () => {
  it("fails its task, and is replaced under its number", async () => {
    await using pool = makePool();
    const before = await Promise.all([pool.run("later", [50, 1]), pool.run("later", [50, 2])]);
    const waiting = pool.run("later", [100, 3]);
    await expect(pool.run("exit", [3])).rejects.toEqual(code("EXITED"));
    await expect(pool.run("crash", [])).rejects.toEqual(code("TERMINATED"));
    expect((await waiting).id).toBe(1);
    const after = await Promise.all([pool.run("later", [50, 1]), pool.run("later", [50, 2])]);
    expect(after.map(({ id }) => id)).toEqual([1, 2]);
    expect(after[0]?.pid).toBe(before[0]?.pid);
    expect(after[1]?.pid).not.toBe(before[1]?.pid);
  });

  it("fails one task at most when it dies without one", async () => {
    await using pool = makePool({ size: 1 });
    const { pid } = await pool.run("who", []);
    process.kill(pid, "SIGKILL");
    await untilEnded(pid);
    // The parent hears of it in its own time; a task that meets the dead worker says so.
    const tries = await Promise.allSettled([pool.run("square", [2]), pool.run("square", [3])]);
    expect(tries.at(-1)).toEqual({ status: "fulfilled", value: 9 });
  });
});

describe("an abort", () => {
  it("ends the work of a task that runs", async () => {
    await using pool = makePool({ size: 1 });
    const { pid } = await pool.run("who", []);
    const controller = new AbortController();
    const busy = pool.run("loop", [], { signal: controller.signal });
    const next = pool.run("who", []);
    controller.abort("enough");
    await expect(busy).rejects.toMatchObject({ code: "ERR_CONCURRENCY_ABORTED", cause: "enough" });
    expect(isRunning(pid)).toBe(false);
    expect(await next).toMatchObject({ workerId: 1 });
  });

  it("takes a task that waits out of the line", async () => {
    await using pool = makePool({ size: 1, maxWaiting: 1 });
    const running = pool.run("later", [100, 1]);
    const controller = new AbortController();
    const waiting = pool.run("square", [2], { signal: controller.signal });
    await expect(pool.run("square", [3])).rejects.toEqual(code("LIMIT"));
    controller.abort();
    await expect(waiting).rejects.toEqual(code("ABORTED"));
    await running;
    await expect(pool.run("square", [2], { signal: AbortSignal.abort() })).rejects.toEqual(
      code("ABORTED"),
    );
  });
});

describe("the end of the pool", () => {
  it("close lets what was accepted finish", async () => {
    const pool = makePool();
    await expect(pool.join()).rejects.toEqual(code("STATE"));
    const results = pool.map("square", [1, 2, 3, 4, 5]);
    const single = pool.run("later", [20, 6]);
    pool.close();
    expect(pool.closed).toBe(true);
    await expect(pool.run("square", [1])).rejects.toEqual(code("CLOSED"));
    await expect(pool.map("square", [1])).rejects.toEqual(code("CLOSED"));
    await pool.join();
    expect(await results).toEqual([1, 4, 9, 16, 25]);
    expect((await single).value).toBe(6);
    expect(children()).toEqual([]);
    await pool.join();
  });

  it("terminate does not", async () => {
    const pool = makePool({ size: 1 });
    const tasks = [pool.run("loop", []), pool.run("square", [2]), pool.map("square", [1, 2])];
    const settled = Promise.allSettled(tasks);
    pool.terminate();
    await pool.join();
    for (const result of await settled) {
      expect(result).toMatchObject({ status: "rejected", reason: code("TERMINATED") });
    }
  });

  it("terminate starts no worker for what was granted one at that moment", async () => {
    const pool = makePool({ size: 1 });
    await pool.run("square", [1]);
    const mapped = pool.map(
      "square",
      Array.from({ length: 1000 }, (_, index) => index),
    );
    const settled = Promise.allSettled([mapped, pool.run("later", [1, 1])]);
    await pool.run("square", [2]);
    pool.terminate();
    await pool.join();
    for (const { status } of await settled) expect(["fulfilled", "rejected"]).toContain(status);
    await expect(mapped).rejects.toEqual(code("TERMINATED"));
    expect(children()).toEqual([]);
  });

  it("a pool that was never used ends at once", async () => {
    const pool = makePool();
    pool.close();
    await pool.join();
  });

  it("refuses bounds that make no sense", () => {
    for (const size of [0, 1.5, 1025, Number.NaN]) {
      expect(() => makePool({ size })).toThrow(code("OPTION"));
    }
    expect(() => new Pool({ module: "tasks.js" as unknown as URL })).toThrow(code("OPTION"));
  });
});
