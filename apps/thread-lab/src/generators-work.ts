/** What the threads of `generators` run. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { MemoryUse } from "./generators.ts";

/** Bytes on this thread's heap once everything that nobody holds is gone. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Squares kept in a list. */
export function measureList(count: number): MemoryUse {
  heapBytes(); // what measuring itself needs is there before
  const before = heapBytes();
  const list: number[] = [];
  for (let number = 0; number < count; number++) list.push(number * number);
  return use(list[Symbol.iterator](), count, before);
}

function* squares(count: number): Generator<number, undefined> {
  for (let number = 0; number < count; number++) yield number * number;
}

/** The same squares, each made when it is asked for. */
export function measureGenerator(count: number): MemoryUse {
  heapBytes();
  const before = heapBytes();
  return use(squares(count), count, before);
}

/** Adds all up, and measures when half is done. */
function use(iterator: Iterator<number, undefined>, count: number, before: number): MemoryUse {
  let sum = 0;
  const half = Math.floor(count / 2);
  for (let taken = 0; taken < half; taken++) sum += iterator.next().value ?? 0;
  const bytes = heapBytes() - before;
  for (let taken = half; taken < count; taken++) sum += iterator.next().value ?? 0;
  return { bytes, sum };
}
