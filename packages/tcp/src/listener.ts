import type { SocketAddress } from "./address.ts";
import type { Connection } from "./connection.ts";

/** Serves one connection; when its promise settles the connection is closed. */
export type ConnectionHandler = (connection: Connection) => Promise<void>;

/** Options of a listener's `close`. */
export interface CloseOptions {
  /**
   * Milliseconds that handlers and connections have to end; what is left then is destroyed. From 0 to
   * 2,147,483,647, or `Infinity`. Default: 10,000, which is what Docker leaves a process to stop.
   */
  readonly deadlineMs?: number | undefined;
}

/**
 * A server's listening socket, made by `listen`. Without a handler it is an async iterable of the
 * accepted connections:
 *
 * - One loop at a time; a second one that waits at the same time gets `ERR_TCP_BUSY`, and so does any
 *   loop where a handler was given.
 * - `break` leaves the listener and its connections open; a later loop goes on.
 * - The loop ends after `close()` and `destroy()`, and throws `ERR_TCP_ABORTED` after an abort.
 * - Connections that wait to be taken are open and count for `maxConnections`.
 *
 * Errors of single connections never end it, nor do those of accepting: they go to `onError`. Where
 * the process has no file descriptor left, Node closes new connections without a word and goes on as
 * soon as there is one; `maxConnections` below that limit makes it a refusal that is counted.
 */
export interface Listener extends AsyncIterable<Connection>, AsyncDisposable {
  /** Where it listens. */
  readonly address: SocketAddress;
  /** The port of `address`: with `port: 0`, the one that the system chose. */
  readonly port: number;
  /** How many accepted connections are open now, in the background of `close()` too. */
  readonly connections: number;
  /** How many connections were reset because `maxConnections` were open. */
  readonly refused: number;
  /**
   * Stops accepting, waits until all handlers and connections have ended, and destroys at the
   * deadline what is left; connections that nobody took are destroyed at once. Resolves when nothing
   * is open any more; a handler that goes on beyond the deadline is not waited for. May be called
   * again, with another deadline: the earliest counts. Rejects with `ERR_TCP_OPTION` only.
   */
  close(options?: CloseOptions): Promise<void>;
  /**
   * Stops accepting and destroys every connection at once: their calls reject with `ERR_TCP_CLOSED`,
   * whose `cause` is `reason`. Never throws.
   */
  destroy(reason?: Error): void;
}
