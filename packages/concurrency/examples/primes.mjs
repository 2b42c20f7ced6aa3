// What the threads run: exported functions of a module. On Node.js 20 it must be JavaScript.
import { Mutex } from "@netloom/concurrency/threads";

/**
 * Counts primes, adds them to a total that all threads share, and gives its own count.
 *
 * @param {number} from
 * @param {number} to
 * @param {Float64Array} total
 * @param {import("@netloom/concurrency/threads").MutexHandle} handle
 */
export function countPrimes(from, to, total, handle) {
  let count = 0;
  for (let candidate = from; candidate < to; candidate++) if (isPrime(candidate)) count++;
  // A worker thread may block; the lock is given back at the end of the block.
  const guard = Mutex.from(handle).acquireSync({ timeoutMs: 5000 });
  try {
    total[0] = (total[0] ?? 0) + count;
  } finally {
    guard.release();
  }
  return count;
}

/** @param {number} candidate */
function isPrime(candidate) {
  if (candidate < 2) return false;
  for (let factor = 2; factor * factor <= candidate; factor++) {
    if (candidate % factor === 0) return false;
  }
  return true;
}
