import type { Codec } from "@netloom/codec";
import type { ByteStream, Framer, MessageStream } from "@netloom/framing";
import type { SocketAddress } from "./address.ts";

/**
 * An open TCP connection, made by `connect` or accepted by `listen`. How it is read, written, ended,
 * closed and destroyed is told by `ByteStream`; over TCP that means:
 *
 * - `end()` sends FIN, and the connection can be read on: half-open is always allowed.
 * - `close()` sends what was written, then FIN. For up to 2 s after that, in the background, it
 *   takes and drops what the peer still sends, because closing with unread bytes resets the
 *   connection, and a reset can destroy what the peer has not read yet.
 * - `destroy()` resets: the peer cannot take a half-sent message for a whole one.
 * - A reset by the peer is `ERR_TCP_BROKEN`, never a clean end.
 * - The writes of one tick leave together, at its end, and Nagle's algorithm is off: nothing waits
 *   for an acknowledgement.
 * - TCP keep-alive is on (first probe after 15 s of silence, as in Go), so that a peer that vanished
 *   without a word is noticed.
 *
 * Errors are `TcpError`: `ERR_TCP_CLOSED`, `ERR_TCP_BROKEN`, `ERR_TCP_ABORTED`, `ERR_TCP_BUSY`, and
 * `ERR_TCP_TIMEOUT` after `idleTimeoutMs` without a byte.
 *
 * @example
 * const connection = await connect({ host: "127.0.0.1", port: 7000 });
 * await connection.write(new TextEncoder().encode("hello"));
 * await connection.end();
 * for await (const chunk of connection) console.log(chunk.length);
 * await connection.close();
 */
export interface Connection extends ByteStream {
  /** This side's address; stays known after the end. */
  readonly localAddress: SocketAddress;
  /** The peer's address; stays known after the end. */
  readonly remoteAddress: SocketAddress;
  /** Bytes taken from the operating system so far, read by the program or not. */
  readonly bytesRead: number;
  /** Bytes that `write` accepted so far. That is not what the peer has read, nor even received. */
  readonly bytesWritten: number;
  /**
   * Milliseconds without a byte in either direction after which the connection is destroyed: 1 to
   * 2,147,483,647, or `Infinity`. Setting it starts the time anew; a value out of bounds throws
   * `ERR_TCP_OPTION`.
   */
  idleTimeoutMs: number;
  /**
   * Makes a stream of values of this connection, which from then on is used through that alone.
   *
   * @example
   * const peer = connection.messages(lengthPrefixed({ width: 4 }), msgpack());
   * await peer.send({ hello: "world" });
   * for await (const value of peer) console.log(value);
   */
  messages<T>(framer: Framer, codec: Codec<T>): MessageStream<T>;
}
