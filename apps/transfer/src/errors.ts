import type { Text } from "@netloom/app-kit";

/**
 * What went wrong; stable, and the same on the wire as in the program. `remote` of the error tells
 * which side found it.
 *
 * What was asked for cannot be had:
 * - `ERR_TRANSFER_NAME`: the name is not one that travels (see `parseName`).
 * - `ERR_TRANSFER_NOT_FOUND`: there is no such file, or, for an upload, no such folder.
 * - `ERR_TRANSFER_NOT_A_FILE`: it is a folder, a link or a device.
 * - `ERR_TRANSFER_EXISTS`: it exists already, and overwriting was not allowed.
 * - `ERR_TRANSFER_UPLOAD_OFF`: the server takes no uploads.
 * - `ERR_TRANSFER_TOO_LARGE`: more bytes than the receiver takes; `limit`.
 *
 * The machine could not do it:
 * - `ERR_TRANSFER_DENIED`: no permission for the file.
 * - `ERR_TRANSFER_NO_SPACE`: the receiver's disk is full.
 * - `ERR_TRANSFER_FAILED`: anything else, such as a broken disk.
 *
 * The transfer did not come to its end, and nothing was kept:
 * - `ERR_TRANSFER_DIGEST`: the bytes that arrived are not those that were sent.
 * - `ERR_TRANSFER_CHANGED`: the file changed while it was being sent.
 * - `ERR_TRANSFER_TIMEOUT`: nothing moved for too long.
 * - `ERR_TRANSFER_LOST`: the connection broke or ended too early.
 * - `ERR_TRANSFER_STOPPED`: the other program was stopped, or its disk gave up.
 * - `ERR_TRANSFER_ABORTED`: the `signal` of the call was aborted; `cause` is its reason.
 *
 * The peer is at fault:
 * - `ERR_TRANSFER_PROTOCOL`: what arrived is not this protocol.
 * - `ERR_TRANSFER_VERSION`: it speaks another version of it.
 *
 * The program is at fault:
 * - `ERR_TRANSFER_OPTION`: an option outside its bounds.
 */
export type TransferErrorCode = (typeof codes)[number];

const codes = [
  "ERR_TRANSFER_NAME",
  "ERR_TRANSFER_NOT_FOUND",
  "ERR_TRANSFER_NOT_A_FILE",
  "ERR_TRANSFER_EXISTS",
  "ERR_TRANSFER_UPLOAD_OFF",
  "ERR_TRANSFER_TOO_LARGE",
  "ERR_TRANSFER_DENIED",
  "ERR_TRANSFER_NO_SPACE",
  "ERR_TRANSFER_FAILED",
  "ERR_TRANSFER_DIGEST",
  "ERR_TRANSFER_CHANGED",
  "ERR_TRANSFER_TIMEOUT",
  "ERR_TRANSFER_LOST",
  "ERR_TRANSFER_STOPPED",
  "ERR_TRANSFER_ABORTED",
  "ERR_TRANSFER_PROTOCOL",
  "ERR_TRANSFER_VERSION",
  "ERR_TRANSFER_OPTION",
] as const;

/** Whether a code that came over the wire is one we know. */
export function isTransferErrorCode(code: string): code is TransferErrorCode {
  return (codes as readonly string[]).includes(code);
}

/** What else is known about a {@link TransferError}. */
export interface TransferErrorDetails {
  /** The peer reported it. Default false: found here. */
  readonly remote?: boolean | undefined;
  /** Bytes allowed at most. */
  readonly limit?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** Every error that the functions of this package raise on purpose; errors of tcp come as they are. */
export class TransferError extends Error {
  override readonly name = "TransferError";
  readonly code: TransferErrorCode;
  /** The message in both languages; `message` is the English one. */
  readonly text: Text;
  /** Whether the peer reported it. */
  readonly remote: boolean;
  /** Bytes allowed at most, where that is what was exceeded. */
  readonly limit: number | undefined;

  constructor(code: TransferErrorCode, text: Text, details: TransferErrorDetails = {}) {
    super(text.en, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.text = text;
    this.remote = details.remote ?? false;
    this.limit = details.limit;
  }
}
