/**
 * The rule by which one framing finds its frames, as the decoder asks it. A scanner remembers how far
 * it got in the unfinished frame, so that no byte is looked at twice however small the chunks are;
 * positions are relative to the frame's start because the decoder moves the bytes.
 */
export interface FrameScanner {
  /** Where the frame found last lies in the scanned buffer: what `onFrame` is given. */
  readonly frameStart: number;
  readonly frameEnd: number;
  /**
   * Looks for a frame that begins at `start`. Returns the position after it (the next frame's start),
   * or -1 when more bytes are needed. Throws when these bytes cannot be a frame.
   */
  scan(buffer: Uint8Array, start: number, end: number): number;
  /**
   * After `scan` returned -1: how many bytes of `chunk` from `start` to `end`, at least 1, continue
   * the unfinished frame without reaching beyond it.
   */
  continuation(chunk: Uint8Array, start: number, end: number): number;
  /**
   * The input has ended and `buffer` holds an unfinished frame from `start` to `end`, at least one
   * byte, of which `scan` said -1. Either makes it the last frame, or throws `ERR_FRAMING_TRUNCATED`.
   */
  finish(buffer: Uint8Array, start: number, end: number): void;
}
