/** What the threads of `compare` run. */

/** The time at which the thread's function runs, in nanoseconds of the machine's monotonic clock. */
export function now(): bigint {
  return process.hrtime.bigint();
}
