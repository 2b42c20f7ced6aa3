/**
 * A lock in one word of shared memory, for the few steps in which a shared structure is changed: the
 * second mutex of Ulrich Drepper, "Futexes Are Tricky" (2011), section 5.
 *
 * The word is 0 (free), 1 (held) or 2 (held, and somebody may be waiting), so that an unlock wakes
 * somebody only where one may sleep. It is neither fair nor cancellable; it need not be, for its holder
 * never waits for anything. For the same reason the main thread may take it.
 */
const free = 0;
const held = 1;
const contended = 2;

/** The section is shorter than going to sleep: look this often before that. */
const spins = 100;

export function lockWord(words: Int32Array<SharedArrayBuffer>, index: number): void {
  for (let spin = 0; spin < spins; spin++) {
    if (Atomics.compareExchange(words, index, free, held) === free) return;
  }
  // Who has slept does not know whether others still do, so it takes the lock as contended.
  while (Atomics.exchange(words, index, contended) !== free) Atomics.wait(words, index, contended);
}

export function unlockWord(words: Int32Array<SharedArrayBuffer>, index: number): void {
  if (Atomics.exchange(words, index, free) === contended) Atomics.notify(words, index, 1);
}
