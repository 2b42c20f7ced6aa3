// C001, C002 ... number the behaviours of the contract, the same for every scope that implements it.
import { getEventListeners } from "node:events";
import { ConcurrencyError, Mutex } from "@netloom/concurrency";
import type { AnyMutex, Guard } from "@netloom/concurrency";
import { describe, expect, test, vi } from "vitest";
import { atOnce, failure, timers, watch } from "./settlement.ts";

// A wait that never ends must look like a failure soon, not like a slow pass.
vi.setConfig({ testTimeout: 5_000 });

describe("holding", () => {
  test("C001 locked between acquire and release", async () => {
    const mutex = new Mutex();
    expect(mutex.locked).toBe(false);
    const guard = await mutex.acquire();
    expect(mutex.locked).toBe(true);
    expect(guard.released).toBe(false);
    guard.release();
    expect(mutex.locked).toBe(false);
    expect(guard.released).toBe(true);
  });

  test("C002 tryAcquire of a held mutex fails at once and does not queue", () => {
    const mutex = new Mutex();
    const guard = mutex.tryAcquire();
    expect(guard).toBeDefined();
    expect(mutex.tryAcquire()).toBeUndefined();
    expect(mutex.waiting).toBe(0);
    guard?.release();
    mutex.tryAcquire()?.release();
    expect(mutex.locked).toBe(false);
  });

  test("C003 one at a time, and all of ten enter", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    let inside = 0;
    let entered = 0;
    const tasks = Array.from({ length: 10 }, async () => {
      using _ = await mutex.acquire();
      expect(++inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      entered++;
    });
    await atOnce();
    expect(inside).toBe(0);
    expect(mutex.waiting).toBe(10);
    guard.release();
    await Promise.all(tasks);
    expect(entered).toBe(10);
    expect(mutex.locked).toBe(false);
  });

  test("C004 first come, first served", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const order: string[] = [];
    const tasks = ["A", "B", "C"].map(async (name) => {
      using _ = await mutex.acquire();
      order.push(name);
    });
    guard.release();
    await Promise.all(tasks);
    expect(order).toEqual(["A", "B", "C"]);
  });

  test("C005 nobody overtakes a waiter that was handed the lock and has not run yet", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const woken = mutex.acquire();
    guard.release();
    expect(mutex.tryAcquire()).toBeUndefined();
    const late = watch(mutex.acquire());
    (await woken).release();
    await atOnce();
    expect(late()).toHaveProperty("ok");
  });

  test("C007 C008 C009 a second release is an error and takes the lock from nobody", async () => {
    const mutex = new Mutex();
    const mine = await mutex.acquire();
    mine.release();
    expect(() => mine.release()).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_RELEASED" }),
    );
    expect(mutex.locked).toBe(false);
    const other = await mutex.acquire();
    expect(() => mine.release()).toThrow(ConcurrencyError);
    expect(mutex.locked).toBe(true);
    other.release();
  });

  test("C021 using gives it back by return, by throw and by break, and after an early release", async () => {
    const mutex = new Mutex();
    async function use(leave: (guard: Guard) => void): Promise<void> {
      await using guard = await mutex.acquire();
      expect(mutex.locked).toBe(true);
      leave(guard);
    }
    await use(() => undefined);
    expect(mutex.locked).toBe(false);
    await expect(
      use(() => {
        throw new RangeError("inside");
      }),
    ).rejects.toThrow(RangeError);
    expect(mutex.locked).toBe(false);
    for (;;) {
      using _ = await mutex.acquire();
      break;
    }
    expect(mutex.locked).toBe(false);
    await use((guard) => guard.release());
    expect(mutex.locked).toBe(false);
  });

  test("C022 the holder that acquires again waits, and signal and time limit end the wait", async () => {
    const mutex = new Mutex();
    using _ = await mutex.acquire();
    expect((await failure(mutex.acquire({ timeoutMs: 5 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    const again = mutex.acquire({ signal: AbortSignal.timeout(5) });
    // AbortSignal.timeout does not keep the process alive; a timer of our own does.
    const alive = setTimeout(() => undefined, 5_000);
    expect((await failure(again)).code).toBe("ERR_CONCURRENCY_ABORTED");
    clearTimeout(alive);
  });

  test("C025 a million uncontended pairs neither recurse nor keep memory", async () => {
    const mutex = new Mutex();
    for (let i = 0; i < 1_000_000; i++) (await mutex.acquire()).release();
    expect(mutex.locked).toBe(false);
  });

  test("a hand-over along 100,000 waiters does not recurse", async () => {
    const mutex = new Mutex({ maxWaiting: Infinity });
    const guard = await mutex.acquire();
    let entered = 0;
    const tasks = Array.from({ length: 100_000 }, () => mutex.run(() => entered++));
    guard.release();
    await Promise.all(tasks);
    expect(entered).toBe(100_000);
  });
});

describe("limits of the wait", () => {
  test("C010 C011 a time limit ends the wait, not earlier, and leaves no trace", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const start = performance.now();
    const error = await failure(mutex.acquire({ timeoutMs: 50 }));
    expect(performance.now() - start).toBeGreaterThanOrEqual(50);
    expect(error.code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(mutex.waiting).toBe(0);
    const next = mutex.acquire();
    guard.release();
    (await next).release();
    expect(mutex.locked).toBe(false);
  });

  test("C012 time limit 0 takes a free mutex and rejects at once on a held one", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire({ timeoutMs: 0 });
    const second = watch(mutex.acquire({ timeoutMs: 0 }));
    expect(mutex.waiting).toBe(0);
    await atOnce();
    expect(second()).toEqual({ failed: "ERR_CONCURRENCY_TIMEOUT" });
    guard.release();
  });

  test.each([-1, Number.NaN, -Infinity, 2_147_483_647, "50" as unknown as number])(
    "C013 time limit %s is refused and nothing is queued",
    async (timeoutMs) => {
      const mutex = new Mutex();
      expect((await failure(mutex.acquire({ timeoutMs }))).code).toBe("ERR_CONCURRENCY_OPTION");
      expect(mutex.locked).toBe(false);
      using _ = await mutex.acquire();
      expect((await failure(mutex.acquire({ timeoutMs }))).message).toContain(String(timeoutMs));
      expect((await failure(mutex.run(() => 1, { timeoutMs }))).code).toBe(
        "ERR_CONCURRENCY_OPTION",
      );
      expect(mutex.waiting).toBe(0);
    },
  );

  test("options that are no options are refused", async () => {
    const mutex = new Mutex();
    for (const options of [50, null, { signal: null }, { signal: {} }]) {
      const error = await failure(mutex.acquire(options as never));
      expect(error.code).toBe("ERR_CONCURRENCY_OPTION");
    }
    expect(mutex.locked).toBe(false);
    (await mutex.acquire({ timeoutMs: Infinity })).release();
    (await mutex.acquire({ timeoutMs: undefined, signal: undefined })).release();
  });

  test("C014 a signal that is aborted already takes nothing", async () => {
    const mutex = new Mutex();
    const reason = new Error("too late");
    const error = await failure(mutex.acquire({ signal: AbortSignal.abort(reason) }));
    expect(error.code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(error.cause).toBe(reason);
    let ran = false;
    const run = mutex.run(
      () => {
        ran = true;
      },
      { signal: AbortSignal.abort() },
    );
    expect((await failure(run)).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect(ran).toBe(false);
    expect(mutex.locked).toBe(false);
  });

  test("C015 an abort in the middle of the line rejects at once; the others keep their order", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const controller = new AbortController();
    const first = watch(mutex.acquire());
    const middle = watch(mutex.acquire({ signal: controller.signal }));
    const last = watch(mutex.acquire());
    controller.abort("enough");
    expect(mutex.waiting).toBe(2);
    await atOnce();
    expect(middle()).toEqual({ failed: "ERR_CONCURRENCY_ABORTED" });
    guard.release();
    await atOnce();
    expect(first()).toHaveProperty("ok");
    expect(last()).toBe("waiting");
    (first() as { ok: Guard }).ok.release();
    await atOnce();
    expect(last()).toHaveProperty("ok");
  });

  test("C016 an abort between the hand-over and the continuation does not lose the lock", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const controller = new AbortController();
    const granted = mutex.acquire({ signal: controller.signal });
    const next = mutex.acquire();
    guard.release();
    controller.abort();
    (await granted).release();
    (await next).release();
    expect(mutex.locked).toBe(false);
  });

  test("C017 a thousand waiters that abort leave no listener and no place in the line", async () => {
    const mutex = new Mutex();
    const guard = await mutex.acquire();
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on("warning", onWarning);
    const shared = new AbortController();
    const controllers = Array.from({ length: 500 }, () => new AbortController());
    const waits = [
      ...controllers.map(({ signal }) => mutex.acquire({ signal })),
      ...controllers.map(() => mutex.acquire({ signal: shared.signal, timeoutMs: 60_000 })),
    ].map((wait) => failure(wait));
    expect(mutex.waiting).toBe(1_000);
    for (const controller of controllers) controller.abort();
    shared.abort();
    expect(mutex.waiting).toBe(0);
    expect((await Promise.all(waits)).every(({ code }) => code.endsWith("_ABORTED"))).toBe(true);
    for (const { signal } of [...controllers, shared]) {
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
    }
    guard.release();
    expect(mutex.locked).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  test("C018 a thousand granted waits on one long-lived signal leave no listener", async () => {
    const mutex = new Mutex();
    const { signal } = new AbortController();
    const before = timers();
    for (let i = 0; i < 1_000; i++) {
      const guard = await mutex.acquire({ signal });
      const next = mutex.acquire({ signal, timeoutMs: 60_000 });
      expect(getEventListeners(signal, "abort")).toHaveLength(1);
      guard.release();
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
      (await next).release();
    }
    expect(timers()).toBe(before);
  });

  test("as many calls wait as maxWaiting allows", async () => {
    const mutex = new Mutex({ maxWaiting: 1 });
    const guard = await mutex.acquire();
    const first = mutex.acquire();
    expect((await failure(mutex.acquire())).code).toBe("ERR_CONCURRENCY_LIMIT");
    guard.release();
    (await first).release();
    for (const maxWaiting of [-1, 1.5, Number.NaN]) {
      expect(() => new Mutex({ maxWaiting })).toThrow(
        expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }),
      );
    }
  });
});

describe("run", () => {
  test("C019 the error of fn passes on and the mutex is free", async () => {
    const mutex = new Mutex();
    const error = new RangeError("mine");
    const failing = [
      (): never => {
        throw error;
      },
      (): Promise<never> => Promise.reject(error),
    ];
    for (const fn of failing) {
      await expect(mutex.run(fn)).rejects.toBe(error);
      expect(mutex.locked).toBe(false);
      const guard = await mutex.acquire();
      const later = mutex.run(fn);
      guard.release();
      await expect(later).rejects.toBe(error);
      expect(mutex.locked).toBe(false);
    }
  });

  test("C020 the result comes back, and the lock is held until it has settled", async () => {
    const mutex = new Mutex();
    let finish: (value: string) => void = () => undefined;
    const result = mutex.run(
      () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
    );
    const second = mutex.run(() => 2);
    await atOnce();
    expect([mutex.locked, mutex.waiting]).toEqual([true, 1]);
    finish("one");
    expect(await result).toBe("one");
    expect(await second).toBe(2);
    expect(mutex.locked).toBe(false);
    expect(await mutex.run(() => undefined)).toBeUndefined();
    expect(await mutex.run(() => null)).toBeNull();
  });

  test("a free mutex runs fn before run returns and is free again after it", async () => {
    const mutex = new Mutex();
    let inside: boolean | undefined;
    const result = mutex.run(() => {
      inside = mutex.locked;
      return 7;
    });
    expect([inside, mutex.locked]).toEqual([true, false]);
    expect(await result).toBe(7);
  });

  test("a thenable that throws on its way does not keep the lock", async () => {
    const mutex = new Mutex();
    const hostile = {
      // oxlint-disable-next-line unicorn/no-thenable -- a hostile thenable is what is tested
      get then(): never {
        throw new RangeError("then");
      },
    };
    await expect(mutex.run(() => hostile as unknown as number)).rejects.toThrow(RangeError);
    expect(mutex.locked).toBe(false);
  });
});

test("a program against the interface runs on the class", async () => {
  const mutex: AnyMutex = new Mutex();
  await using _ = await mutex.acquire();
  expect(await mutex.locked).toBe(true);
  expect(await mutex.tryAcquire()).toBeUndefined();
});
