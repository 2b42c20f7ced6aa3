import type { SocketAddress } from "./address.ts";
import type { Datagram } from "./datagram.ts";

/** Where to send: a name or IP address as `host`, or the `address` of a received datagram's `from`. */
export type Destination =
  | { readonly host: string; readonly port: number }
  | { readonly address: string; readonly port: number };

/**
 * A bound UDP socket, made by `bind`: an async iterable of the datagrams that arrive.
 *
 * UDP keeps the boundaries of what was sent and promises nothing else: datagrams may be lost,
 * repeated and reordered on the way, and by a receiver that is too slow.
 *
 * - Datagrams that nobody reads wait in a queue of bounded length. When it is full, the newest are
 *   dropped and counted in `dropped`; those that the kernel drops before are not seen by anyone.
 * - One loop at a time: a second one that waits at the same time gets `ERR_UDP_BUSY`.
 * - `break` leaves the socket open, and a later loop goes on.
 * - The loop ends after `close()` and `destroy()`, and throws `ERR_UDP_ABORTED` after an abort. When
 *   receiving fails it throws the system's error, once; the socket stays open.
 *
 * @example
 * await using socket = await bind({ port: 7000 });
 * for await (const { data, from } of socket) await socket.send(data, from);
 */
export interface UdpSocket extends AsyncIterable<Datagram>, AsyncDisposable {
  /** Where it is bound: with `port: 0`, the port that the system chose. */
  readonly address: SocketAddress;
  /** How many datagrams were dropped because the receive queue was full. */
  readonly dropped: number;
  /**
   * Bytes of the kernel's receive buffer. Less than `receiveBufferBytes` asked for when the system
   * has cut it (Linux: `net.core.rmem_max`).
   */
  readonly receiveBufferBytes: number;
  /**
   * Sends one datagram; no bytes is a datagram too. Resolves when the system has taken it, which says
   * nothing about its arrival: that nobody listens there cannot be known. The bytes are copied, so
   * they may be changed after the call. A name is looked up for each call.
   *
   * Rejects, with nothing sent, with `ERR_UDP_TOO_LARGE` (more than 65,507 bytes over IPv4, 65,527
   * over IPv6, or what the system allows), `ERR_UDP_LIMIT`, `ERR_UDP_NOT_FOUND`,
   * `ERR_UDP_UNREACHABLE`, `ERR_UDP_NOT_PERMITTED`, `ERR_UDP_OPTION`, `ERR_UDP_SYSTEM`, and after the
   * end with `ERR_UDP_CLOSED` or `ERR_UDP_ABORTED`.
   */
  send(data: Uint8Array, to: Destination): Promise<void>;
  /**
   * Stops receiving, lets the sends under way finish, and closes. What was not read is dropped. Never
   * rejects, and may be called again.
   */
  close(): Promise<void>;
  /**
   * Closes at once: sends under way reject with `ERR_UDP_CLOSED`, whose `cause` is `reason`. Never
   * throws; the first reason stays.
   */
  destroy(reason?: Error): void;
}
