import { Barrier } from "@netloom/concurrency/threads";
import type { BarrierHandle } from "@netloom/concurrency/threads";
import { describe, expect, it } from "vitest";

import { failure, timers, watch } from "../settlement.ts";

describe("Barrier", () => {
  it("opens for all when the last has arrived, round after round", async () => {
    const here = new Barrier(3);
    const there = Barrier.from(structuredClone(here.handle));
    for (let round = 0; round < 3; round++) {
      const first = here.wait();
      const second = there.wait();
      expect(here.waiting).toBe(2);
      expect(watch(first)()).toBe("waiting");
      await here.wait();
      await Promise.all([first, second]);
      expect(there.waiting).toBe(0);
    }
  });

  it("a wait that gives up has not arrived", async () => {
    const before = timers();
    const barrier = new Barrier(2);
    expect((await failure(barrier.wait({ timeoutMs: 5 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    const controller = new AbortController();
    const wait = barrier.wait({ signal: controller.signal });
    controller.abort();
    expect((await failure(wait)).code).toBe("ERR_CONCURRENCY_ABORTED");
    expect((await failure(barrier.wait({ timeoutMs: 0 }))).code).toBe("ERR_CONCURRENCY_TIMEOUT");
    expect(barrier.waiting).toBe(0);
    await Promise.all([barrier.wait(), barrier.wait()]);
    expect(timers()).toBe(before);
  });

  it("counts rounds beyond what the arrivals carry of them", async () => {
    const barrier = new Barrier(1);
    for (let round = 0; round < 70_000; round++) await barrier.wait();
    const pair = new Barrier(2);
    await Promise.all([pair.wait(), pair.wait()]);
    expect(barrier.waiting).toBe(0);
  });

  it("refuses what is no number of parties and no handle, and to block the main thread", () => {
    const refusal = expect.objectContaining({ code: "ERR_CONCURRENCY_OPTION" }) as Error;
    for (const parties of [0, 65_536, 1.5]) expect(() => new Barrier(parties)).toThrow(refusal);
    expect(() => Barrier.from({} as BarrierHandle)).toThrow(refusal);
    expect(() => new Barrier(2).waitSync()).toThrow(
      expect.objectContaining({ code: "ERR_CONCURRENCY_MAIN_THREAD" }),
    );
  });
});
