import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/**
 * The addresses of a host, the preferred family first and the families in turn (RFC 8305, section 4),
 * so that a family that does not work costs one attempt. An IP address is its own answer.
 *
 * A lookup cannot be cancelled: `signal` ends the wait for it, with its reason.
 */
export async function resolve(host: string, signal: AbortSignal): Promise<LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await abortable(lookup(host, { all: true }), signal);
  const preferred = found.filter((entry) => entry.family === found[0]?.family);
  const others = found.filter((entry) => entry.family !== found[0]?.family);
  return preferred
    .flatMap((entry, index) => [entry, ...others.slice(index, index + 1)])
    .concat(others.slice(preferred.length));
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
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
