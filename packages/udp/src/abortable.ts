/** Waits for `work`, which cannot be cancelled, until `signal` is aborted; rejects with its reason then. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((fulfill, reject) => {
    const onAbort = (): void => {
      signal.removeEventListener("abort", onAbort);
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort);
    work.then(fulfill, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
  });
}
