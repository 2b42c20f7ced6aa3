import { activeThreads, Mutex, Thread } from "@netloom/concurrency/threads";
import type { countPrimes } from "./primes.mjs";

const module = new URL("./primes.mjs", import.meta.url);
const total = new Float64Array(new SharedArrayBuffer(8)); // shared: everything else is copied
const mutex = new Mutex();

const threads = [0, 1, 2].map((part) =>
  Thread.start<typeof countPrimes>(
    module,
    "countPrimes",
    [part * 10_000, (part + 1) * 10_000, total, mutex.handle],
    { name: `part-${part}` },
  ),
);
console.log(
  "at work:",
  activeThreads()
    .map(({ name }) => name)
    .join(", "),
);

const counts = await Promise.all(threads.map((thread) => thread.join({ timeoutMs: 20_000 })));
console.log(counts.join(" + "), "=", total[0]);
console.log("at work:", activeThreads().length);
