import { connect } from "@netloom/tcp";
import { TransferError } from "./errors.ts";
import { abortedError } from "./failures.ts";
import type { TransferRequest } from "./protocol.ts";
import { Session } from "./session.ts";

/** The port that servers listen on and clients connect to when none is given. */
export const defaultPort = 7008;
/** The address of both when none is given: this machine alone. */
export const defaultHost = "127.0.0.1";
/** Milliseconds without progress after which either side gives up when nothing else is given. */
export const defaultTimeoutMs = 30_000;

/** What every call of a client takes. */
export interface ClientOptions {
  /** Name or address of the server. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Port of the server, 1 to 65535. Default 7008. */
  readonly port?: number | undefined;
  /**
   * Milliseconds without progress, connecting included, after which the call fails with
   * `ERR_TRANSFER_TIMEOUT`. Default 30,000; 1 to 2^31 - 1.
   */
  readonly timeoutMs?: number | undefined;
  /** Aborts the call: it rejects with `ERR_TRANSFER_ABORTED`, and what was received is deleted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects, sends the request, and runs `exchange` on what follows; then the connection is ended,
 * in peace or by telling the server why not.
 */
export async function request<T>(
  options: ClientOptions,
  message: TransferRequest,
  exchange: (session: Session) => Promise<T>,
): Promise<T> {
  const { host = defaultHost, port = defaultPort, signal } = options;
  const timeoutMs = checkTimeout(options.timeoutMs);
  if (signal?.aborted) throw abortedError(signal.reason);
  const connection = await connect({ host, port, signal, timeoutMs }).catch((error: unknown) => {
    throw signal?.aborted ? abortedError(signal.reason) : error;
  });
  const subject = message.op === "list" ? undefined : message.name;
  const session = new Session(connection, { timeoutMs, subject });
  const abort = (): void => session.interrupt(abortedError(signal?.reason));
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    await session.send(message);
    const result = await exchange(session);
    await session.close();
    return result;
  } catch (error) {
    await session.fail(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** The time limit to use. */
export function checkTimeout(timeoutMs: number = defaultTimeoutMs): number {
  checkWhole("timeoutMs", timeoutMs, 1, 2 ** 31 - 1);
  return timeoutMs;
}

/** Refuses an option that is no whole number within its bounds. */
export function checkWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TransferError("ERR_TRANSFER_OPTION", {
    en: `${name} is ${value}: allowed is a whole number from ${min} to ${max}`,
    zh: `${name} 为 ${value}：允许 ${min} 到 ${max} 之间的整数`,
  });
}
