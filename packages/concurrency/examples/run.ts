import { Mutex } from "@netloom/concurrency";

const mutex = new Mutex();
const log: string[] = [];

// The lock is held until the function has finished, and given back whether it returns or throws.
const results = await Promise.allSettled([
  mutex.run(async () => {
    log.push("first in");
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.push("first out");
    return "done";
  }),
  mutex.run(() => {
    log.push("second in");
    throw new Error("second failed");
  }),
  mutex.run(() => log.push("third in")),
]);
console.log(log.join(", "));
console.log(results.map(({ status }) => status).join(", "));

// Only if it is free, without waiting.
const guard = mutex.tryAcquire();
console.log("got it:", guard !== undefined);
console.log("got it a second time:", mutex.tryAcquire() !== undefined);
guard?.release();
