import { setTimeout as delay } from "node:timers/promises";

import { ConcurrencyError } from "@netloom/concurrency";
import { activeThreads, currentThread, Thread } from "@netloom/concurrency/threads";
import type { ThreadOptions } from "@netloom/concurrency/threads";
import { afterEach, describe, expect, it } from "vitest";

import type * as work from "../fixtures/thread-work.mjs";
import { failure } from "../settlement.ts";

type Work = typeof work;
const module = new URL("../fixtures/thread-work.mjs", import.meta.url);

function start<K extends keyof Work>(
  entry: K,
  args: Parameters<Work[K]>,
  options?: ThreadOptions,
): Thread<Awaited<ReturnType<Work[K]>>> {
  return Thread.start<Work[K]>(module, entry, args, options);
}

afterEach(() => {
  expect(activeThreads().map(({ name }) => name)).toEqual([]);
});

describe("start and join", () => {
  it("gives the result, to every join", async () => {
    const thread = start("add", [2, 3]);
    expect(thread.alive).toBe(true);
    expect(await Promise.all([thread.join(), thread.join()])).toEqual([5, 5]);
    expect(thread.alive).toBe(false);
    expect(await thread.join()).toBe(5);
  });

  it("names, numbers and lists threads, and they know it", async () => {
    const named = start("whoAmI", [], { name: "worker bee" });
    const unnamed = start("whoAmI", []);
    expect(activeThreads()).toEqual([named, unnamed]);
    expect(await named.join()).toEqual({
      id: named.id,
      threadId: named.id,
      name: "worker bee",
      stopRequested: false,
    });
    expect(await unnamed.join()).toMatchObject({ id: unnamed.id, name: `thread-${unnamed.id}` });
    expect(unnamed.name).toBe(`thread-${unnamed.id}`);
    expect(currentThread()).toMatchObject({ id: 0, name: "main", stopRequested: false });
  });

  it("limits the wait, not the thread", async () => {
    const thread = start("waitUntilStopped", []);
    const begun = performance.now();
    expect((await failure(thread.join({ timeoutMs: 30 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(performance.now() - begun).toBeGreaterThanOrEqual(30);
    const signal = AbortSignal.abort("no");
    expect((await failure(thread.join({ signal }))).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(thread.alive).toBe(true);
    await thread.stop();
    expect(await thread.join()).toBe("stopped");
  });
});

describe("errors reach the joiner", () => {
  it("with class, stack, code, cause and fields", async () => {
    const error: unknown = await start("fail", [])
      .join()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      message: "out of reach",
      code: "ERR_REACH",
      distance: 7n,
      seen: new Map([["x", 1]]),
      stack: expect.stringContaining("thread-work.mjs") as string,
      cause: { name: "TypeError", message: "too far" },
    });
  });

  it("thrown in a callback, or no error at all", async () => {
    await expect(start("throwLater", []).join()).rejects.toThrow("nobody catches this");
    await expect(start("throwText", []).join()).rejects.toBe("just a text");
  });

  it("of a module or function that does not exist", async () => {
    const missing = Thread.start(new URL("missing.mjs", module), "add", []);
    await expect(missing.join()).rejects.toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
    const unknown = await failure(Thread.start(module, "subtract", []).join());
    expect(unknown.code).toBe("ERR_CONCURRENCY_OPTION");
    expect(unknown.message).toContain('exports no function "subtract"');
  });

  it("of values that cannot be copied", async () => {
    expect(() => Thread.start(module, "add", [() => {}])).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_CLONE" }),
    );
    expect((await failure(start("returnFunction", []).join())).code).toBe("ERR_CONCURRENCY_CLONE");
  });

  it("and nobody else: a failure that nobody joins harms nothing", async () => {
    const thread = start("fail", []);
    while (thread.alive) await delay(5);
  });
});

describe("ends", () => {
  it("by stop, heard in a busy loop and by a signal", async () => {
    const busy = start("spinUntilStopped", []);
    const waiting = start("waitUntilStopped", []);
    await Promise.all([busy.stop({ graceMs: 20_000 }), waiting.stop({ graceMs: 20_000 })]);
    expect(await busy.join()).toBe(true);
    expect(await waiting.join()).toBe("stopped");
  });

  it("by termination where it does not listen", async () => {
    const thread = start("spin", [], { name: "deaf" });
    await thread.stop({ graceMs: 20 });
    const error = await failure(thread.join());
    expect(error.code).toBe("ERR_CONCURRENCY_TERMINATED");
    expect(error.message).toContain("deaf");
    await thread.terminate();
    await thread.stop();
  });

  it("of itself, without a result", async () => {
    expect((await failure(start("exit", [3]).join())).code).toBe("ERR_CONCURRENCY_EXITED");
  });

  it("when its function has returned, though it looked at its signal", async () => {
    expect(await start("readSignal", []).join()).toBe(false);
  });

  it("with the block that started it", async () => {
    let seen: Thread<unknown>;
    {
      await using thread = start("waitUntilStopped", []);
      seen = thread;
    }
    expect(seen.alive).toBe(false);
  });

  it("not while its function waits for something that keeps no thread alive", async () => {
    const thread = start("neverReturn", []);
    expect((await failure(thread.join({ timeoutMs: 100 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    await thread.terminate();
  });

  it("refuses a grace that is no time", async () => {
    const thread = start("add", [1, 1]);
    await expect(thread.stop({ graceMs: -1 })).rejects.toBeInstanceOf(ConcurrencyError);
    await thread.join();
  });
});
