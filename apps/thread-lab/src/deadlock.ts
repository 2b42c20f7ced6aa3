import { activeThreads, Barrier, Mutex, Thread } from "@netloom/concurrency/threads";

import { joinAll } from "./crew.ts";
import type { takeBoth, takeBothOften, takeBothWithin } from "./deadlock-work.ts";

/** One thread of a deadlock: what it holds, what it waits for, and who has that. */
export interface WaitingThread {
  readonly thread: string;
  readonly holds: readonly string[];
  readonly waitsFor: string;
  readonly heldBy: string;
}

export interface DeadlockReport {
  /** The time limit of the join that found it, in milliseconds. */
  readonly limitMs: number;
  /** Who waits for whom, in a circle; empty if there was none. */
  readonly cycle: readonly WaitingThread[];
  /** How many of the threads were alive after they had been ended. */
  readonly left: number;
}

export interface TimeLimitReport {
  /** How often each thread gave up and let go, by the thread's name. */
  readonly gaveUp: Readonly<Record<string, number>>;
}

export interface LockOrderReport {
  /** How often each thread held both, by the thread's name. */
  readonly taken: Readonly<Record<string, number>>;
}

const names = ["thread-1", "thread-2"] as const;
const work = new URL("./deadlock-work.js", import.meta.url);

/**
 * Two threads, two mutexes, opposite order. Each takes its first, and waits for the other's for ever. The
 * main thread's join has a time limit; when that is over it looks who waits for whom, and ends both.
 */
export async function makeDeadlock(limitMs: number): Promise<DeadlockReport> {
  const mutexes = { A: new Mutex(), B: new Mutex() };
  const [a, b] = [mutexes.A.handle, mutexes.B.handle];
  // Both threads, each with its first mutex, and the main thread, whose time limit begins then.
  const meet = new Barrier(3);
  const start = (name: string, first: typeof a, second: typeof a): Thread<void> =>
    Thread.start<typeof takeBoth>(work, "takeBoth", [{ first, second, meet: meet.handle }], {
      name,
    });
  const crew = [start(names[0], a, b), start(names[1], b, a)];
  let cycle: readonly WaitingThread[] = [];
  try {
    await meet.wait();
    while (cycle.length === 0 && crew.some(({ alive }) => alive)) {
      await Promise.allSettled(crew.map((thread) => thread.join({ timeoutMs: limitMs })));
      cycle = findCycle(mutexes, crew);
    }
  } finally {
    await Promise.all(crew.map((thread) => thread.terminate()));
  }
  return { limitMs, cycle, left: activeThreads().length };
}

/** The cure by a time limit: opposite order again, but nobody holds on while waiting for ever. */
export async function avoidByTimeLimit(): Promise<TimeLimitReport> {
  const [a, b] = [new Mutex().handle, new Mutex().handle];
  const meet = new Barrier(2).handle;
  // Different limits: with the same one both would let go, and collide again, at the same time.
  const start = (at: 0 | 1, first: typeof a, second: typeof a): Thread<number> =>
    Thread.start<typeof takeBothWithin>(
      work,
      "takeBothWithin",
      [{ first, second, meet, timeoutMs: 20 + 60 * at }],
      { name: names[at] },
    );
  return { gaveUp: byName(await joinAll([start(0, a, b), start(1, b, a)])) };
}

/** The cure by order: everybody takes A before B, so who holds B waits for nobody. */
export async function avoidByOrder(times: number): Promise<LockOrderReport> {
  const [first, second] = [new Mutex().handle, new Mutex().handle];
  const meet = new Barrier(2).handle;
  const crew = names.map((name) =>
    Thread.start<typeof takeBothOften>(work, "takeBothOften", [{ first, second, meet, times }], {
      name,
    }),
  );
  return { taken: byName(await joinAll(crew)) };
}

function byName(values: readonly number[]): Record<string, number> {
  return Object.fromEntries(values.map((value, at) => [names[at] ?? "", value]));
}

/** Follows who waits for whom, from the first thread, until it comes round. */
function findCycle(
  mutexes: Readonly<Record<string, Mutex>>,
  crew: readonly Thread<unknown>[],
): WaitingThread[] {
  const seen = Object.entries(mutexes).map(([name, mutex]) => ({ name, ...mutex.inspect() }));
  const nameOf = new Map(crew.map(({ id, name }) => [id, name]));
  const cycle: WaitingThread[] = [];
  let at = crew[0]?.id;
  do {
    const wanted = seen.find(({ waiters }) => at !== undefined && waiters.includes(at));
    if (at === undefined || wanted?.holder === undefined) return [];
    cycle.push({
      thread: nameOf.get(at) ?? "",
      holds: seen.filter(({ holder }) => holder === at).map(({ name }) => name),
      waitsFor: wanted.name,
      heldBy: nameOf.get(wanted.holder) ?? "",
    });
    at = wanted.holder;
  } while (at !== crew[0]?.id && cycle.length <= crew.length);
  return cycle;
}
