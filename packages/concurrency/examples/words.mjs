// What the processes run: exported functions of a module. On Node.js 20 it must be JavaScript.
import { currentProcess } from "@netloom/concurrency/processes";

/**
 * Takes texts until the queue is closed and drained, and counts their words.
 *
 * @param {import("@netloom/concurrency").AnyQueue<string>} texts
 */
export async function countWords(texts) {
  let words = 0;
  for await (const text of texts) words += text.split(/\s+/).length;
  return words;
}

/** @param {string} text */
export function longestWord(text) {
  if (text === "") throw new RangeError("an empty text has no words");
  const words = text.split(/\s+/).toSorted((a, b) => b.length - a.length);
  return { word: words[0], worker: currentProcess().workerId };
}
