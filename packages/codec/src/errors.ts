/**
 * What went wrong, stable across versions.
 *
 * The caller's fault: `ERR_CODEC_FORMAT` (a struct format that means nothing), `ERR_CODEC_COUNT` (too
 * few or too many values), `ERR_CODEC_TYPE` (a value of a type that cannot be encoded),
 * `ERR_CODEC_RANGE` (a number that does not fit), `ERR_CODEC_UNENCODABLE` (a character that the
 * encoding lacks), `ERR_CODEC_ENCODING` (an unknown encoding), `ERR_CODEC_OPTION` (an option out of
 * its bounds), `ERR_CODEC_ENDED` (a decoder used after its end).
 *
 * The input's fault: `ERR_CODEC_SIZE` (too few or too many bytes for the format),
 * `ERR_CODEC_MALFORMED` (bytes that are not what they should be), `ERR_CODEC_LIMIT` (more bytes or
 * deeper nesting than allowed; on encoding it is the value that is too large).
 */
export type CodecErrorCode =
  | "ERR_CODEC_FORMAT"
  | "ERR_CODEC_COUNT"
  | "ERR_CODEC_TYPE"
  | "ERR_CODEC_RANGE"
  | "ERR_CODEC_UNENCODABLE"
  | "ERR_CODEC_ENCODING"
  | "ERR_CODEC_OPTION"
  | "ERR_CODEC_ENDED"
  | "ERR_CODEC_SIZE"
  | "ERR_CODEC_MALFORMED"
  | "ERR_CODEC_LIMIT";

/** Where it went wrong; see the fields of the same names in {@link CodecError}. */
export interface CodecErrorDetails {
  readonly format?: string | undefined;
  readonly index?: number | undefined;
  readonly offset?: number | undefined;
  readonly end?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The one error of this package. Everything that it throws on purpose is of this class.
 *
 * @example
 * import { CodecError, decodeText } from "@netloom/codec";
 * try {
 *   decodeText(Uint8Array.of(0x68, 0x69, 0xff), "utf-8");
 * } catch (error) {
 *   if (error instanceof CodecError) console.log(error.code, error.offset); // ERR_CODEC_MALFORMED 2
 * }
 */
export class CodecError extends Error {
  override readonly name: string = "CodecError";
  readonly code: CodecErrorCode;
  /** The struct format in use. */
  readonly format: string | undefined;
  /** Which of the packed values is the bad one, counted from 0. */
  readonly index: number | undefined;
  /**
   * Where the bad part of the input starts: in bytes when decoding, in UTF-16 code units (as
   * `text.slice` counts) when encoding text.
   */
  readonly offset: number | undefined;
  /** Where the bad part of the input ends (exclusive), in the same unit as `offset`. */
  readonly end: number | undefined;

  constructor(code: CodecErrorCode, message: string, details: CodecErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.format = details.format;
    this.index = details.index;
    this.offset = details.offset;
    this.end = details.end;
  }
}
