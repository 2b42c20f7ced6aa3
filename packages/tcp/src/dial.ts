import type { LookupAddress } from "node:dns";
import { createConnection, type Socket } from "node:net";
import { socketOptions } from "./socket-connection.ts";

/** RFC 8305, section 5: the recommended Connection Attempt Delay. */
const attemptDelayMs = 250;

/** What `dial` rejects with: what each address answered, in the order of the answers. */
export class DialFailure extends Error {
  readonly errors: readonly NodeJS.ErrnoException[];

  constructor(errors: readonly NodeJS.ErrnoException[]) {
    super("no address answered");
    this.errors = errors;
  }
}

/**
 * Connects to the first of the addresses that answers. The next attempt starts when one has failed or
 * 250 ms have passed, and those before it stay alive: Node's own autoSelectFamily aborts them, so that
 * a route slower than 250 ms can never be used.
 *
 * `onConnect` makes the result of the socket within its 'connect' event: there is no moment in which
 * an error of the socket would be nobody's. Aborting `signal` rejects with its reason.
 */
export function dial<T>(
  addresses: readonly LookupAddress[],
  port: number,
  signal: AbortSignal,
  onConnect: (socket: Socket, address: LookupAddress) => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempts = new Set<Socket>();
    const errors: NodeJS.ErrnoException[] = [];
    let next = 0;
    let timer: NodeJS.Timeout | undefined;

    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      for (const socket of attempts) socket.destroy();
    };
    const onAbort = (): void => {
      settle();
      reject(signal.reason as Error);
    };
    const attempt = (): void => {
      clearTimeout(timer);
      const target = addresses[next++];
      if (target === undefined) return;
      const socket = createConnection({
        ...socketOptions,
        host: target.address,
        port,
        family: target.family,
        autoSelectFamily: false,
      });
      attempts.add(socket);
      const onError = (error: NodeJS.ErrnoException): void => {
        attempts.delete(socket);
        errors.push(error);
        if (next < addresses.length) attempt();
        else if (attempts.size === 0) {
          settle();
          reject(new DialFailure(errors));
        }
      };
      socket.once("error", onError);
      socket.once("connect", () => {
        attempts.delete(socket);
        settle();
        resolve(onConnect(socket, target));
        socket.off("error", onError);
      });
      if (next < addresses.length) timer = setTimeout(attempt, attemptDelayMs);
    };
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    else attempt();
  });
}
