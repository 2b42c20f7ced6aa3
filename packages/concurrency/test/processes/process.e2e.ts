import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { ConcurrencyError } from "@netloom/concurrency";
import { currentProcess, Process, Queue } from "@netloom/concurrency/processes";
import type { ProcessOptions, TaskFunction } from "@netloom/concurrency/processes";
import { afterEach, describe, expect, it } from "vitest";

import type * as tasks from "../fixtures/process-tasks.mjs";
import { children, entry, isRunning, untilEnded } from "./process-table.ts";

const module = new URL("../fixtures/process-tasks.mjs", import.meta.url);

function start<F extends TaskFunction = (...args: unknown[]) => unknown>(
  entry: keyof typeof tasks,
  args: Readonly<Parameters<F>>,
  options?: ProcessOptions,
): Process<Awaited<ReturnType<F>>> {
  return Process.start<F>(module, entry, args, options);
}

async function rejection(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("it was fulfilled");
}

afterEach(() => expect(children()).toEqual([]));

describe("a result", () => {
  it("comes back by join, with pid, parent and end", async () => {
    const child = start<typeof tasks.who>("who", [], { name: "one" });
    expect([child.alive, child.exit, child.name]).toEqual([true, undefined, "one"]);
    expect(entry(child.pid as number)?.parent).toBe(process.pid);
    const inside = await child.join();
    expect(inside).toEqual({
      isMain: false,
      name: "one",
      pid: child.pid,
      parentPid: process.pid,
      workerId: undefined,
    });
    expect([child.alive, child.exit]).toEqual([false, { code: 0, signal: null }]);
    expect(await child.join()).toEqual(inside);
  });

  it("and arguments are copies of what structured clone copies", async () => {
    const cyclic: unknown[] = [1];
    cyclic.push(cyclic);
    const values = [
      undefined,
      10n ** 30n,
      Number.NaN,
      new Map([[new Date(5), /x/g]]),
      new Set(["织网"]),
      new Float64Array([0.5, -0]),
      cyclic,
      { nested: { none: null } },
    ];
    expect(await start<typeof tasks.same>("same", values).join()).toEqual(values);
  });

  it("of many megabytes is whole before the process ends", async () => {
    const result = await start<typeof tasks.large>("large", [20_000_000]).join();
    expect(result.length).toBe(20_000_000);
    expect(result.every((byte) => byte === 7)).toBe(true);
  });

  it("is made from memory of its own", async () => {
    expect(await start<typeof tasks.add>("add", [1]).join()).toBe(101);
    expect(await start<typeof tasks.add>("add", [1]).join()).toBe(101);
    expect(currentProcess()).toMatchObject({ isMain: true, name: "main", pid: process.pid });
  });
});

describe("an error", () => {
  it("keeps class, stack, cause, code and own properties", async () => {
    const child = start("fail", ["type"]);
    const error = await rejection(child.join());
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      name: "TypeError",
      message: "no such thing",
      code: "ERR_OWN",
      details: { line: 3 },
      cause: new RangeError("too far"),
    });
    expect(error.stack).toContain("process-tasks.mjs");
    expect((error.cause as Error).stack).toContain("process-tasks.mjs");
    expect(error).not.toHaveProperty("callback");
    expect(child.exit).toEqual({ code: 1, signal: null });
    expect(await rejection(child.join())).toBe(error);
  });

  it("may hold several, or be no error", async () => {
    const several = await rejection(start("fail", ["aggregate"]).join());
    expect(several).toBeInstanceOf(AggregateError);
    expect(several["errors"]).toEqual([new RangeError("too far"), new TypeError("wrong")]);
    expect(await rejection(start("fail", ["text"]).join())).toBe("just a text");
  });

  it("is told for what cannot cross", async () => {
    expect(() => start("same", [() => {}])).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_CLONE" }),
    );
    expect(await rejection(start("unclonable", []).join())).toMatchObject({
      code: "ERR_CONCURRENCY_CLONE",
    });
    while (children().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("is told for what cannot be found", async () => {
    const missing = await rejection(Process.start(module, "nothing", []).join());
    expect(missing).toBeInstanceOf(ConcurrencyError);
    expect(missing["code"]).toBe("ERR_CONCURRENCY_OPTION");
    const nowhere = Process.start(new URL("./no.mjs", import.meta.url), "x", []);
    expect(await rejection(nowhere.join())).toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
  });

  it("is told for wrong use", () => {
    for (const [where, name] of [
      ["./tasks.js", "x"],
      [undefined, "x"],
      [module, ""],
      [module, undefined],
    ]) {
      const wrong = (): unknown => Process.start(where as URL, name as string, []);
      expect(wrong).toThrow(expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }));
    }
  });
});

describe("the end", () => {
  it("may be an exit status", async () => {
    const child = start("exit", [7]);
    expect(await rejection(child.join())).toMatchObject({ code: "ERR_CONCURRENCY_EXITED" });
    expect(child.exit).toEqual({ code: 7, signal: null });
  });

  it("comes when nothing is left to do, children included", async () => {
    const pids = new Queue<number>();
    const child = start("leaveBehind", [pids]);
    const [first, second] = [await pids.get(), await pids.get()];
    expect(await child.join()).toBe("returned");
    expect([first, isRunning(second)]).toEqual([1, false]);
    expect(child.exit).toEqual({ code: 0, signal: null });
  });

  it("may be a signal", async () => {
    const polite = start("loop", []);
    polite.terminate();
    expect(await rejection(polite.join())).toMatchObject({ code: "ERR_CONCURRENCY_TERMINATED" });
    expect(polite.exit).toEqual({ code: null, signal: "SIGTERM" });
    const hard = start("loop", []);
    hard.kill();
    expect(await rejection(hard.join())).toMatchObject({ code: "ERR_CONCURRENCY_TERMINATED" });
    expect(hard.exit).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("comes with the block that uses it", async () => {
    let pid = 0;
    {
      await using child = start("loop", []);
      pid = child.pid as number;
    }
    expect(entry(pid)).toBeUndefined();
  });

  it("is not touched by the limits of join", async () => {
    await using child = start("wait", []);
    expect(await rejection(child.join({ timeoutMs: 20 }))).toMatchObject({
      code: "ERR_CONCURRENCY_TIMEOUT",
    });
    const reason = new Error("enough");
    const controller = new AbortController();
    const wait = rejection(child.join({ signal: controller.signal }));
    controller.abort(reason);
    expect(await wait).toMatchObject({ code: "ERR_CONCURRENCY_ABORTED", cause: reason });
    expect(await rejection(child.join({ timeoutMs: -1 }))).toMatchObject({
      code: "ERR_CONCURRENCY_OPTION",
    });
    expect(child.alive).toBe(true);
  });
});

describe("when the parent ends", () => {
  /** A parent with a busy child of its own, and that child's pid. */
  async function family(daemon: boolean): Promise<{ parent: Process<unknown>; pid: number }> {
    const pids = new Queue<number>();
    const parent = start("parent", [pids, daemon]);
    const pid = await pids.get();
    expect(entry(pid)?.parent).toBe(parent.pid);
    return { parent, pid };
  }

  it("by SIGKILL, a daemon in an endless loop ends too", async () => {
    for (let round = 0; round < 5; round++) {
      const { parent, pid } = await family(true);
      parent.kill();
      await rejection(parent.join());
      await untilEnded(pid);
    }
  });

  it("a Ctrl-C at its terminal is its own: daemons are in another group", async () => {
    await using daemon = start("wait", [], { daemon: true });
    await using other = start("wait", []);
    const group = entry(process.pid)?.group;
    expect(entry(other.pid as number)?.group).toBe(group);
    expect(entry(daemon.pid as number)?.group).toBe(daemon.pid);
  });

  it("by SIGKILL, another child goes on alone", async () => {
    const { parent, pid } = await family(false);
    parent.kill();
    await rejection(parent.join());
    while (entry(pid)?.parent === parent.pid)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
    await untilEnded(pid);
  });

  /** A program of its own that starts `run` and has nothing else to do. */
  async function program(run: string, daemon: boolean): Promise<string> {
    const file = fileURLToPath(new URL("../fixtures/process-parent.mjs", import.meta.url));
    const child = spawn(process.execPath, [file, run, String(daemon)]);
    let printed = "";
    child.stdout.on("data", (text) => (printed += String(text)));
    await once(child, "close");
    return printed;
  }

  it("by itself, it does not wait for a daemon, and the daemon ends", async () => {
    const pid = Number(await program("loop", true));
    expect(pid).toBeGreaterThan(0);
    await untilEnded(pid);
  });

  it("any other child keeps it alive until it has ended", async () => {
    const [pid, , last] = (await program("later", false)).split("\n");
    expect(isRunning(Number(pid))).toBe(false);
    expect(last).toBe("exit after 0");
  });

  it("a queue call of a child that lives on fails", async () => {
    expect((await program("tellWhenBroken", false)).trim().split("\n")[1]).toBe(
      "ERR_CONCURRENCY_BROKEN",
    );
  });
});
