import { createServer } from "node:net";
import { hostPort } from "./address.ts";
import type { Connection } from "./connection.ts";
import { TcpError } from "./errors.ts";
import type { ConnectionHandler, Listener } from "./listener.ts";
import { connectionOptions, hostOption, integerOption, type ConnectionOptions } from "./options.ts";
import { resolve } from "./resolve.ts";
import { socketOptions } from "./socket-connection.ts";
import { SocketListener } from "./socket-listener.ts";
import { systemError } from "./system-error.ts";

const defaultIdleTimeoutMs = 600_000;

/** Options of `listen`; those of `ConnectionOptions` hold for every accepted connection. */
export interface ListenOptions extends ConnectionOptions {
  /**
   * Name or IP address of this machine to listen on: `"0.0.0.0"` for every IPv4 address, `"::"` for
   * every address of both families. Default: `"127.0.0.1"`, this machine only.
   */
  readonly host?: string | undefined;
  /** Port, 0 to 65,535; 0 lets the system choose a free one. Default: 0. */
  readonly port?: number | undefined;
  /**
   * How many connections the system completes before this process has accepted them, 1 to 65,535;
   * the system may cap it (Linux: `net.core.somaxconn`). Default: 511, as in Node.
   */
  readonly backlog?: number | undefined;
  /**
   * How many connections may be open at the same time, from 1; one more is reset at once and counted
   * in `refused`. Default: 1,024, the usual number of file descriptors of a process.
   */
  readonly maxConnections?: number | undefined;
  /** Aborted before it listens, `listen` rejects; later, the listener is destroyed. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with what a handler threw (its connection is destroyed by then), and with errors of
   * accepting. By default a handler's `TcpError`s are ignored, because peers vanish every day, and
   * anything else becomes a process warning, each text once.
   */
  readonly onError?: ((error: unknown, connection?: Connection) => void) | undefined;
}

/**
 * Listens for TCP connections. With `handler`, it is called for each connection, all at the same
 * time; when its promise resolves the connection is closed gracefully, when it rejects the connection
 * is destroyed and `onError` called. Without, iterate over the listener.
 *
 * Rejects with `ERR_TCP_ADDRESS_IN_USE`, `ERR_TCP_NOT_PERMITTED`, `ERR_TCP_NOT_FOUND`,
 * `ERR_TCP_UNREACHABLE`, `ERR_TCP_ABORTED`, `ERR_TCP_OPTION`, `ERR_TCP_LIMIT`, `ERR_TCP_SYSTEM`.
 *
 * @example
 * const listener = await listen({ port: 7000 }, async (connection) => {
 *   for await (const chunk of connection) await connection.write(chunk);
 * });
 * process.once("SIGTERM", () => void listener.close({ deadlineMs: 5_000 }));
 */
export async function listen(
  options: ListenOptions = {},
  handler?: ConnectionHandler,
): Promise<Listener> {
  const { signal, onError, backlog = 511, maxConnections = 1024 } = options;
  const host = hostOption(options.host ?? "127.0.0.1");
  const port = integerOption("port", options.port ?? 0, 0, 65_535);
  integerOption("backlog", backlog, 1, 65_535);
  integerOption("maxConnections", maxConnections, 1, Number.MAX_SAFE_INTEGER);
  const connection = connectionOptions(options, defaultIdleTimeoutMs);
  const what = `cannot listen on ${hostPort(host, port)}`;
  const aborted = (): TcpError =>
    new TcpError("ERR_TCP_ABORTED", `${what}: aborted`, { cause: signal?.reason });

  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) throw aborted();
  let listener: SocketListener;
  try {
    // Looked up here, because a server of node:net that is closed during its own lookup listens
    // nevertheless when that is over.
    const [target] = await resolve(host, signal ?? new AbortController().signal);
    listener = await new Promise<SocketListener>((fulfill, reject) => {
      const server = createServer(socketOptions);
      server.once("error", reject);
      server.listen({ host: target?.address ?? host, port, backlog }, () => {
        server.off("error", reject);
        fulfill(new SocketListener(server, { ...connection, maxConnections, handler, onError }));
      });
    });
  } catch (error) {
    if (isAborted()) throw aborted();
    throw systemError(what, error as NodeJS.ErrnoException);
  }
  if (isAborted()) {
    listener.destroy();
    throw aborted();
  }
  const onAbort = (): void => listener.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  void listener.drained.then(() => signal?.removeEventListener("abort", onAbort));
  return listener;
}
