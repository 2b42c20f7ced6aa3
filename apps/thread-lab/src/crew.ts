import type { Thread } from "@netloom/concurrency/threads";

/** Waits for the results of all threads; when one fails, the others are ended first. */
export async function joinAll<R>(threads: readonly Thread<R>[]): Promise<R[]> {
  try {
    return await Promise.all(threads.map((thread) => thread.join()));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** One number in memory that all threads share. */
export function sharedNumber(value = 0): Int32Array<SharedArrayBuffer> {
  const words = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  words[0] = value;
  return words;
}
