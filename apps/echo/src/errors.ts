import type { Text } from "@netloom/app-kit";

/**
 * What went wrong; stable.
 *
 * The caller's fault:
 * - `ERR_ECHO_OPTION`: an option outside its bounds.
 * - `ERR_ECHO_TEXT`: a text that cannot be sent: a character that the encoding lacks, a line feed in
 *   what is to be one line, or too many bytes.
 * - `ERR_ECHO_ABORTED`: the `signal` of the call was aborted; `cause` is its reason.
 *
 * The server's fault:
 * - `ERR_ECHO_TIMEOUT`: the echo did not come in time.
 * - `ERR_ECHO_ENDED`: the server ended the connection before it had echoed everything.
 * - `ERR_ECHO_REPLY`: what came back is no line of text in the encoding; `cause` says why.
 */
export type EchoErrorCode =
  | "ERR_ECHO_OPTION"
  | "ERR_ECHO_TEXT"
  | "ERR_ECHO_ABORTED"
  | "ERR_ECHO_TIMEOUT"
  | "ERR_ECHO_ENDED"
  | "ERR_ECHO_REPLY";

/** Every error that the functions of this package raise themselves; those of sockets come as they are. */
export class EchoError extends Error {
  override readonly name = "EchoError";
  readonly code: EchoErrorCode;
  /** The message in both languages; `message` is the English one. */
  readonly text: Text;

  constructor(code: EchoErrorCode, text: Text, options: { readonly cause?: unknown } = {}) {
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.text = text;
  }
}

/** The error of a call whose signal was aborted. */
export function abortedError(signal: AbortSignal | undefined): EchoError {
  const text = { en: "sending was aborted", zh: "发送已中止" };
  return new EchoError("ERR_ECHO_ABORTED", text, { cause: signal?.reason });
}
