/**
 * What went wrong.
 *
 * The peer's fault (what arrived cannot be a frame):
 * - `ERR_FRAMING_TOO_LARGE`: a frame exceeds the limit; `limit` and, where it was announced, `size`.
 * - `ERR_FRAMING_TRUNCATED`: the input ended inside a frame; `missing` bytes are known to be lacking.
 * - `ERR_FRAMING_HEAD`: a head does not describe a body.
 *
 * A mistake in the program that uses the package:
 * - `ERR_FRAMING_PAYLOAD`: this payload cannot be sent with this framing; `size` and `limit` where it
 *   is too large.
 * - `ERR_FRAMING_OPTION`: an option or argument outside what is allowed.
 * - `ERR_FRAMING_ENDED`: bytes pushed into a decoder that was told of the end.
 * - `ERR_FRAMING_BUSY`: a second reader at the same time, or `end` from inside `onFrame`.
 */
export type FramingErrorCode =
  | "ERR_FRAMING_TOO_LARGE"
  | "ERR_FRAMING_TRUNCATED"
  | "ERR_FRAMING_HEAD"
  | "ERR_FRAMING_PAYLOAD"
  | "ERR_FRAMING_OPTION"
  | "ERR_FRAMING_ENDED"
  | "ERR_FRAMING_BUSY";

/** The numbers behind a `FramingError`, and its cause. */
export interface FramingErrorDetails {
  /** Bytes that the frame or payload has or announces. */
  readonly size?: number | undefined;
  /** Bytes that were allowed at most. */
  readonly limit?: number | undefined;
  /** Bytes that the unfinished frame lacks, at least (a head cut short says nothing of its body). */
  readonly missing?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** Every error that this package raises; `code` tells what and whose fault. */
export class FramingError extends Error implements FramingErrorDetails {
  override readonly name: string = "FramingError";
  readonly code: FramingErrorCode;
  readonly size: number | undefined;
  readonly limit: number | undefined;
  readonly missing: number | undefined;

  constructor(code: FramingErrorCode, message: string, details: FramingErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.size = details.size;
    this.limit = details.limit;
    this.missing = details.missing;
  }
}
