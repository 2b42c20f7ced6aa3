/** What can be told that its signal was aborted. */
export interface Abortable {
  abort(reason: unknown): void;
}

/**
 * One abort listener a signal, however many waits share it. Node walks all listeners of a signal on
 * every add and remove, so a listener a wait would make a thousand waits on one shutdown signal
 * quadratic, and Node 20 warns of a leak from the eleventh on.
 */
class AbortWatch {
  readonly #signal: AbortSignal;
  readonly #waits = new Set<Abortable>();
  readonly #onAbort = (): void => {
    // Each wait removes itself from the set here; a set allows that during its iteration.
    for (const wait of this.#waits) wait.abort(this.#signal.reason);
  };

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(wait: Abortable): void {
    if (this.#waits.size === 0) this.#signal.addEventListener("abort", this.#onAbort);
    this.#waits.add(wait);
  }

  delete(wait: Abortable): void {
    // With its last listener gone, a long-lived signal holds nothing of ours.
    if (this.#waits.delete(wait) && this.#waits.size === 0) {
      this.#signal.removeEventListener("abort", this.#onAbort);
    }
  }
}

// Weak, so that a watch lives as long as its signal and no longer.
const watches = new WeakMap<AbortSignal, AbortWatch>();

/** Calls `wait.abort` when the signal is aborted, until `unwatchAbort`. The signal is not aborted yet. */
export function watchAbort(signal: AbortSignal, wait: Abortable): void {
  let watch = watches.get(signal);
  if (watch === undefined) {
    watch = new AbortWatch(signal);
    watches.set(signal, watch);
  }
  watch.add(wait);
}

export function unwatchAbort(signal: AbortSignal, wait: Abortable): void {
  watches.get(signal)?.delete(wait);
}
