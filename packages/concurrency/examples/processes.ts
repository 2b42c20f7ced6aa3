import { Pool, Process, Queue } from "@netloom/concurrency/processes";
import type * as words from "./words.mjs";

const module = new URL("./words.mjs", import.meta.url);

// One process, fed through a queue that this one serves.
const texts = new Queue<string>({ capacity: 2 });
const counter = Process.start<typeof words.countWords>(module, "countWords", [texts]);
for (const text of ["to be or not to be", "that is the question"]) await texts.put(text);
texts.close();
console.log("words:", await counter.join({ timeoutMs: 20_000 }), counter.exit);

// A fixed number of processes for many tasks.
await using pool = new Pool<typeof words>({ module, size: 2 });
const results = await pool.map("longestWord", ["a quick fox", "jumps over it", "lazily"]);
console.log(results.map(({ word }) => word).join(", "));
console.log(
  "workers:",
  results.every(({ worker }) => worker === 1 || worker === 2),
);

try {
  await pool.run("longestWord", [""]);
} catch (error) {
  console.log(error instanceof RangeError, (error as Error).message);
}
