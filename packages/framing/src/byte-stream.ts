/** Options of a call that may wait. */
export interface WaitOptions {
  /** Gives up waiting when aborted; the call rejects with the stream's `aborted` error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * An ordered, reliable, two-way stream of bytes: a TCP connection, a pipe, an in-memory pair.
 *
 * **Errors.** An implementation has its own error class; what went wrong is in `error.code`, one
 * code (or a few) for each of these:
 * - `closed`: the call cannot work because this side was ended, closed or destroyed *here*;
 * - `broken`: the connection is gone without a clean end: destroyed or reset by the peer, or lost;
 * - `aborted`: the call's `signal` was aborted (`cause` is the signal's reason);
 * - `busy`: a read began while another read of the same stream was waiting.
 *
 * Methods that return a promise never throw: they reject. A stream that broke stays broken. How soon
 * a break is noticed is up to the transport: at the latest by some later read or write.
 *
 * **Reading.** `for await (const chunk of stream)`, one reader at a time.
 * - Chunks are never empty, belong to the reader, and say nothing about how the peer wrote them. (They
 *   may be of a subclass of `Uint8Array` such as Node.js' `Buffer`, whose `slice` does not copy.)
 * - The loop ends when the peer ended its side; so does every later loop. It throws `broken` when
 *   the stream broke (bytes that had arrived but were not read by then may be lost), and `closed`
 *   after `close()` or `destroy()` here, a read that waits at that moment included, and whether or not
 *   it had broken before.
 * - `break` only stops reading: the stream stays as it is, no byte is lost, and a later loop goes on
 *   where the last one stopped. The iterator's `return()` does the same while a `next()` waits: that
 *   `next()` resolves as done.
 * - Reads do not queue: a `next()` while another waits, by whichever iterator, rejects with `busy`,
 *   and the one that waits is not disturbed.
 *
 * **Both directions are independent.** After `end()` the stream can still be read; after the peer's
 * end it can still be written.
 *
 * Precedents: trio's `Stream` (error vocabulary, busy instead of queueing) and Go's `net.Conn`
 * (half-close). `byteStreamContract` of `@netloom/testing` holds implementations to all of this.
 */
export interface ByteStream extends AsyncIterable<Uint8Array>, AsyncDisposable {
  /**
   * Sends bytes after those of every earlier `write`, whether or not that one was awaited. Resolves
   * when the stream has accepted them, which is at once while its buffer has room; else the call
   * waits in line, which is how a slow peer slows its sender down. Awaiting each write keeps memory
   * bounded.
   *
   * A write is accepted whole or not at all. When it rejects with `aborted`, none of its bytes will
   * be sent and the stream goes on as if it had not been called; a signal that aborts later changes
   * nothing. When it rejects with `closed` or `broken` while waiting, none of its bytes were sent
   * either. Accepted means handed to the transport, not read by the peer.
   *
   * No bytes is a write that sends nothing: the peer sees no chunk. The bytes are the stream's from
   * the call on: do not change them.
   */
  write(bytes: Uint8Array, options?: WaitOptions): Promise<void>;
  /**
   * Half-close: no more bytes will be written, and the peer's reading ends after those that were.
   * Resolves when all of them, the writes still in line included, have been accepted. Calling it
   * again changes nothing. Rejects with `closed` or `broken` when not everything could be sent:
   * await it to know.
   */
  end(): Promise<void>;
  /**
   * Gives the stream back gracefully: reading stops at once (what still arrives is dropped), what was
   * written is sent, the writes still in line included, and the peer sees a clean end. Resolves when
   * that is done, without waiting for the peer to end its side, but as long as the peer does not take
   * what was written it waits; `destroy()` cuts that short. A peer that goes on writing sees `broken`
   * after a while.
   *
   * Never rejects, whatever state the stream is in, and may be called again: it is what
   * `[Symbol.asyncDispose]` calls. To know whether everything was sent, await `end()` first.
   */
  close(): Promise<void>;
  /**
   * Gives the stream back at once: what was not sent is dropped, and every waiting call settles:
   * reads, writes and `end()` reject with `closed`, whose `cause` is `reason`; `close()` resolves.
   * The peer sees the stream `broken`, never a clean end, because what it read may be half a message
   * (over TCP that is a reset). Never throws; the first reason stays.
   */
  destroy(reason?: Error): void;
}
