/** What the threads of `deadlock` run. */
import { Barrier, Mutex } from "@netloom/concurrency/threads";
import type { BarrierHandle, MutexHandle } from "@netloom/concurrency/threads";

export interface TakeBothOptions {
  readonly first: MutexHandle;
  readonly second: MutexHandle;
  /** Where the threads meet: once each holds its first mutex, or before they begin. */
  readonly meet: BarrierHandle;
}

/** Takes one mutex, waits until the other thread has done the same, and takes the other one. */
export function takeBoth({ first, second, meet }: TakeBothOptions): void {
  using _first = Mutex.from(first).acquireSync();
  Barrier.from(meet).waitSync();
  using _second = Mutex.from(second).acquireSync();
}

/**
 * As `takeBoth`, but waits for the second mutex only so long: then it lets go of the first and begins
 * again. Gives how often it had to.
 */
export function takeBothWithin({
  first,
  second,
  meet,
  timeoutMs,
}: TakeBothOptions & { readonly timeoutMs: number }): number {
  const [one, other] = [Mutex.from(first), Mutex.from(second)];
  for (let gaveUp = 0; ; gaveUp++) {
    using _first = one.acquireSync();
    if (gaveUp === 0) Barrier.from(meet).waitSync();
    try {
      using _second = other.acquireSync({ timeoutMs });
      return gaveUp;
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== "ERR_CONCURRENCY_TIMEOUT") throw error;
    }
  }
}

/** Takes both, in the order that every thread keeps to, again and again; gives how often. */
export function takeBothOften({
  first,
  second,
  meet,
  times,
}: TakeBothOptions & { readonly times: number }): number {
  const [one, other] = [Mutex.from(first), Mutex.from(second)];
  Barrier.from(meet).waitSync();
  let taken = 0;
  for (; taken < times; taken++) {
    using _first = one.acquireSync();
    using _second = other.acquireSync();
  }
  return taken;
}
