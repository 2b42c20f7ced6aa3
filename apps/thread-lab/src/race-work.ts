/** What the threads of `race` run. */
import { Barrier, Mutex } from "@netloom/concurrency/threads";
import type { BarrierHandle, MutexHandle } from "@netloom/concurrency/threads";

export interface CountUpOptions {
  /** How one is added: read and write back, the same under a mutex, or in one indivisible step. */
  readonly mode: "plain" | "mutex" | "atomic";
  /** The number that all threads add to. */
  readonly counter: Int32Array<SharedArrayBuffer>;
  readonly start: BarrierHandle;
  readonly mutex: MutexHandle;
  /** How long to add, in milliseconds. */
  readonly ms: number;
  /** How often to add at most, so that the counter does not overflow. */
  readonly most: number;
}

/** How many times to add between two looks at the clock. */
const batch = { plain: 10_000, mutex: 10, atomic: 10_000 } as const;

/** Adds one, again and again, until the time is over; gives how often. */
export function countUp({ mode, counter, start, mutex, ms, most }: CountUpOptions): number {
  const add = adders[mode];
  const lock = Mutex.from(mutex);
  const times = batch[mode];
  // Without it the first thread could be done before the last has started, and nothing would be lost.
  Barrier.from(start).waitSync();
  const end = performance.now() + ms;
  let added = 0;
  while (performance.now() < end && added + times <= most) {
    add(counter, lock, times);
    added += times;
  }
  return added;
}

const adders = {
  plain(counter: Int32Array, _lock: Mutex, times: number): void {
    for (let time = 0; time < times; time++) counter[0] = (counter[0] ?? 0) + 1;
  },
  mutex(counter: Int32Array, lock: Mutex, times: number): void {
    for (let time = 0; time < times; time++) {
      const guard = lock.acquireSync();
      counter[0] = (counter[0] ?? 0) + 1;
      guard.release();
    }
  },
  atomic(counter: Int32Array, _lock: Mutex, times: number): void {
    for (let time = 0; time < times; time++) Atomics.add(counter, 0, 1);
  },
};
