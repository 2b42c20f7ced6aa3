/**
 * Receives one frame: bytes `start` (inclusive) to `end` (exclusive) of `buffer`. Borrowed: valid
 * only during the call, so copy what is kept: `new Uint8Array(buffer.subarray(start, end))` (`slice`
 * does not copy when the buffer is a Node.js `Buffer`).
 */
export type OnFrame = (buffer: Uint8Array, start: number, end: number) => void;

/**
 * Turns the chunks of one byte stream into frames. No I/O; chunks may be of any size, and the frames
 * do not depend on where the chunks were cut. A frame of no bytes is a frame.
 *
 * **Failure.** Bytes that cannot be a frame throw a `FramingError`, after the frames before them were
 * given out. Once it has failed it stays failed: every later call throws the same error.
 *
 * **When `onFrame` throws**, the error comes out of the call as it is, and the decoder has not
 * failed. That frame counts as given out; the bytes after it are kept, and their frames are given out
 * by the next `push` (of an empty chunk, too) or `end`.
 *
 * **When `onFrame` calls `push`** of the same decoder, those bytes follow the ones at hand: the inner
 * call returns at once, and the outer call gives out their frames, in order, to its own `onFrame`.
 * Calling `end` from inside throws `ERR_FRAMING_BUSY` and changes nothing.
 */
export interface FrameDecoder {
  /** Bytes received and not yet given out in a frame. */
  readonly bufferedBytes: number;
  /**
   * Takes the next chunk and calls `onFrame` for each frame that is now complete, in order. The chunk
   * is not kept: it may be reused after the call.
   */
  push(chunk: Uint8Array, onFrame: OnFrame): void;
  /**
   * Says that no more bytes will come. Where the framing lets the end of input end a frame (the last
   * line of a text), that frame is given out; otherwise bytes of an unfinished frame throw
   * `ERR_FRAMING_TRUNCATED` with the number of missing bytes. Calling it again does nothing.
   */
  end(onFrame: OnFrame): void;
}

/** How messages are marked off on a byte stream: wraps a payload, and finds payloads again. */
export interface Framer {
  /**
   * The bytes on the wire for one payload, a new array that the caller owns. Throws
   * `ERR_FRAMING_PAYLOAD` for a payload that this framing cannot carry.
   */
  encode(payload: Uint8Array): Uint8Array;
  /** A decoder for one stream. */
  decoder(): FrameDecoder;
}
