/**
 * A pending `Atomics.waitAsync` does not keep the process or thread alive: it would end in the middle
 * of a wait, with status 0. One timer for all pending waits of a thread does, while there are any.
 */
const longestTimerMs = 2 ** 31 - 1;

let pending = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keeps this thread alive until `release` was called as often. */
export function keepAlive(): void {
  pending++;
  timer ??= setInterval(() => {}, longestTimerMs);
}

export function releaseKeepAlive(): void {
  pending--;
  if (pending > 0) return;
  clearInterval(timer);
  timer = undefined;
}
