/** Milliseconds since a reading of `performance.now()`, to the microsecond: what it can tell. */
export function elapsedMs(startedAt: number): number {
  return toMicroseconds(performance.now() - startedAt);
}

/** Milliseconds with three decimals. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
