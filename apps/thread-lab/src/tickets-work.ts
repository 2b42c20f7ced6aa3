/** What the sellers of `tickets` run. */
import { Barrier, Mutex } from "@netloom/concurrency/threads";
import type { BarrierHandle, MutexHandle } from "@netloom/concurrency/threads";

export interface SellOptions {
  /** How many tickets are left. */
  readonly left: Int32Array<SharedArrayBuffer>;
  readonly start: BarrierHandle;
  /** Held from the look to the sale, if given. */
  readonly mutex: MutexHandle | undefined;
  /** How long a customer thinks between the two, in milliseconds. */
  readonly pauseMs: number;
}

/** Sells until nothing is left; gives the numbers of the tickets. */
export function sell({ left, start, mutex, pauseMs }: SellOptions): number[] {
  const lock = mutex === undefined ? undefined : Mutex.from(mutex);
  const sold: number[] = [];
  Barrier.from(start).waitSync();
  for (;;) {
    const guard = lock?.acquireSync();
    try {
      const ticket = Atomics.load(left, 0);
      if (ticket <= 0) return sold;
      sleep(pauseMs);
      Atomics.store(left, 0, ticket - 1);
      sold.push(ticket);
    } finally {
      guard?.release();
    }
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
