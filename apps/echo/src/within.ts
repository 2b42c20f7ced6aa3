import { abortedError } from "./errors.ts";

/**
 * What `work` gives, or undefined when `ms` milliseconds have passed; the work itself goes on.
 *
 * @throws EchoError `ERR_ECHO_ABORTED` when the signal aborts; what `work` throws
 */
export function within<T>(
  work: Promise<T>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => settle(() => reject(abortedError(signal)));
    const timer = setTimeout(() => settle(() => resolve(undefined)), ms);
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      how();
    };
    signal?.addEventListener("abort", onAbort);
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal?.aborted === true) onAbort();
  });
}
