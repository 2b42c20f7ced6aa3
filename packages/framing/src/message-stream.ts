import type { WaitOptions } from "./byte-stream.ts";

/**
 * Values both ways over one byte stream: what `messages` makes of a stream, a framer and a codec.
 *
 * **Receiving.** `for await (const value of stream)`, one reader at a time (a second that waits at the
 * same time gets `ERR_FRAMING_BUSY`). `break` leaves the stream usable and loses nothing: a later loop
 * goes on with the next message. A frame or message that cannot be decoded throws after the messages
 * before it were delivered, and every later loop throws the same error; the stream stays open, so that
 * the caller may answer before closing it. Errors of the byte stream come through as they are.
 *
 * The messages of one chunk are decoded at once and held until they are taken; nothing more is read
 * meanwhile.
 */
export interface MessageStream<T> extends AsyncIterable<T>, AsyncDisposable {
  /**
   * Sends one message: whole, or, when it rejects, not at all. Waits as the stream's `write` does.
   * Rejects with the error of the codec or framer for a value that cannot be encoded.
   */
  send(value: T, options?: WaitOptions): Promise<void>;
  /**
   * Receives by callback until the peer ends: the fastest way, one synchronous call a message. The
   * promise resolves at the end of input and rejects where a loop would throw. When `onMessage`
   * throws, it rejects with that error and nothing is lost: that message counts as received, and a
   * later loop or `forEach` goes on with the next.
   */
  forEach(onMessage: (value: T) => void): Promise<void>;
  /** Half-close: no more messages will be sent. As the stream's `end`. */
  end(): Promise<void>;
  /** Gives the stream back gracefully; messages not yet taken are dropped. As the stream's `close`. */
  close(): Promise<void>;
  /** Gives the stream back at once. As the stream's `destroy`. */
  destroy(reason?: Error): void;
}
