/** What the threads of `start` run. */
import { currentThread } from "@netloom/concurrency/threads";

/** How many primes there are up to a number, counted the slow way. */
export function countPrimes(limit: number): number {
  let count = 0;
  for (let candidate = 2; candidate <= limit; candidate++) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) {
      if (candidate % factor === 0) {
        isPrime = false;
        break;
      }
    }
    if (isPrime) count++;
  }
  return count;
}

/** Works until it is asked to stop, and then ends by itself. */
export function workUntilAsked(): string {
  let rounds = 0;
  while (!currentThread().stopRequested) rounds++;
  return `heard it after ${rounds} rounds`;
}

/** Never looks whether it is asked to stop. */
export function workForEver(): never {
  for (;;);
}

/** Fails. */
export function fail(): never {
  throw new RangeError("the tank is empty");
}
