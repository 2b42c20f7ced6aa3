/** Iterators and generators, each shown by what really comes out of it. */
import { Thread } from "@netloom/concurrency/threads";

import { joinAll } from "./crew.ts";
import type { measureGenerator, measureList } from "./generators-work.ts";

/** Counts down from a number to 1: an iterator written by hand, as a class. */
export class Countdown implements IterableIterator<number, undefined> {
  #next: number;

  constructor(from: number) {
    this.#next = from;
  }

  next(): IteratorResult<number, undefined> {
    if (this.#next <= 0) return { done: true, value: undefined };
    return { done: false, value: this.#next-- };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** The same as a generator: the language keeps the place. */
export function* countdown(from: number): Generator<number, undefined> {
  for (let next = from; next > 0; next--) yield next;
}

/** Gives the average of all numbers that were sent in. */
export function* averager(): Generator<number | undefined, never, number> {
  let sum = 0;
  let average: number | undefined;
  for (let count = 1; ; count++) {
    sum += yield average;
    average = sum / count;
  }
}

/** One call of `next`: what went in, and what came out. */
export interface Exchange {
  readonly sent: number;
  readonly received: number | undefined;
}

/** Sends numbers into an averager, from its first `next` on. */
export function sendIn(numbers: readonly number[]): Exchange[] {
  const generator = averager();
  return numbers.map((sent) => ({ sent, received: generator.next(sent).value }));
}

/** What `next` of an iterator gives, the end included. */
export function steps(iterator: Iterator<number, undefined>): IteratorResult<number, undefined>[] {
  const results: IteratorResult<number, undefined>[] = [];
  do results.push(iterator.next());
  while (results.at(-1)?.done !== true);
  return results;
}

/** How much memory squares took, and what they add up to. */
export interface MemoryUse {
  /** Growth of the heap while half of them were used, in bytes. */
  readonly bytes: number;
  readonly sum: number;
}

export interface MemoryReport {
  readonly count: number;
  readonly list: MemoryUse;
  readonly generator: MemoryUse;
}

const work = new URL("./generators-work.js", import.meta.url);

/** Adds up squares from a list and from a generator, each in a fresh thread with its own heap. */
export async function compareMemory(count: number): Promise<MemoryReport> {
  const [list, generator] = await joinAll([
    Thread.start<typeof measureList>(work, "measureList", [count]),
    Thread.start<typeof measureGenerator>(work, "measureGenerator", [count]),
  ]);
  if (list === undefined || generator === undefined || list.sum !== generator.sum) {
    throw new Error(`the sums differ: ${list?.sum} from the list, ${generator?.sum} generated`);
  }
  return { count, list, generator };
}
