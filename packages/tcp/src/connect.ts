import type { LookupAddress } from "node:dns";
import type { Socket } from "node:net";
import { hostPort } from "./address.ts";
import type { Connection } from "./connection.ts";
import { dial, DialFailure } from "./dial.ts";
import { TcpError } from "./errors.ts";
import {
  connectionOptions,
  hostOption,
  integerOption,
  maxTimerMs,
  type ConnectionOptions,
} from "./options.ts";
import { resolve } from "./resolve.ts";
import { SocketConnection } from "./socket-connection.ts";
import { systemError } from "./system-error.ts";

/** Options of `connect`. */
export interface ConnectOptions extends ConnectionOptions {
  /** Name or IP address of the peer. Default: `"127.0.0.1"`. */
  readonly host?: string | undefined;
  /** Port of the peer, 1 to 65,535. */
  readonly port: number;
  /**
   * Milliseconds for looking up the name and connecting, all addresses together: 1 to 2,147,483,647,
   * or `Infinity` (then the operating system gives up, after about two minutes). Default: 10,000.
   */
  readonly timeoutMs?: number | undefined;
  /** Gives up connecting. Once connected, aborting it changes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects to a TCP server. A name with several addresses is tried in the manner of RFC 8305: one
 * after the other, the next after 250 ms or a failure, and the first that answers is taken.
 *
 * Rejects with `ERR_TCP_REFUSED`, `ERR_TCP_TIMEOUT`, `ERR_TCP_NOT_FOUND`, `ERR_TCP_UNREACHABLE`,
 * `ERR_TCP_NOT_PERMITTED`, `ERR_TCP_LIMIT`, `ERR_TCP_ABORTED`, `ERR_TCP_OPTION` and, rarely,
 * `ERR_TCP_BROKEN` or `ERR_TCP_SYSTEM`. Nothing stays open then.
 *
 * @example
 * await using connection = await connect({ host: "localhost", port: 7000, timeoutMs: 2_000 });
 * await connection.write(new TextEncoder().encode("hello"));
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { signal } = options;
  const host = hostOption(options.host ?? "127.0.0.1");
  const port = integerOption("port", options.port, 1, 65_535);
  const timeoutMs = integerOption("timeoutMs", options.timeoutMs ?? 10_000, 1, maxTimerMs, true);
  const connection = connectionOptions(options, Infinity);
  const what = `cannot connect to ${hostPort(host, port)}`;

  const limit = new AbortController();
  const onAbort = (): void => {
    limit.abort(new TcpError("ERR_TCP_ABORTED", `${what}: aborted`, { cause: signal?.reason }));
  };
  const onTimeout = (): void => {
    limit.abort(new TcpError("ERR_TCP_TIMEOUT", `${what}: no answer within ${timeoutMs} ms`));
  };
  const timer = timeoutMs === Infinity ? undefined : setTimeout(onTimeout, timeoutMs);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted === true) onAbort();

  const onConnect = (socket: Socket, target: LookupAddress): Connection => {
    const family = target.family === 6 ? "IPv6" : "IPv4";
    return new SocketConnection(socket, {
      ...connection,
      localAddress: { address: socket.localAddress ?? "", port: socket.localPort ?? 0, family },
      // Not asked of the socket: where the peer has reset already, it no longer knows.
      remoteAddress: { address: target.address, port, family },
    });
  };
  try {
    limit.signal.throwIfAborted();
    return await dial(await resolve(host, limit.signal), port, limit.signal, onConnect);
  } catch (error) {
    if (error instanceof TcpError) throw error;
    if (error instanceof DialFailure) throw dialError(what, host, error.errors);
    throw systemError(what, error as NodeJS.ErrnoException);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** One error for all addresses: the first that says more than that there is no way to them. */
function dialError(
  what: string,
  host: string,
  errors: readonly (NodeJS.ErrnoException & { address?: string })[],
): TcpError {
  const told = errors.map((error) => systemError(what, error));
  const best = told.findIndex((error) => error.code !== "ERR_TCP_UNREACHABLE");
  const chosen = errors[Math.max(best, 0)] as NodeJS.ErrnoException;
  const tried = errors.map((error) => error.address).filter((address) => address !== undefined);
  const names = tried.length === 0 || tried[0] === host ? "" : ` (${tried.join(", ")})`;
  return systemError(`${what}${names}`, chosen);
}
