import type { Text } from "@netloom/app-kit";

/**
 * What went wrong; stable.
 *
 * The caller's fault:
 * - `ERR_NETINFO_ADDRESS`: a text that is no address, prefix length, mask or host name; where the
 *   place in the text is known, `offset` says it.
 * - `ERR_NETINFO_OPTION`: an option outside its bounds, or two addresses of different kinds.
 * - `ERR_NETINFO_ABORTED`: the `signal` of the call was aborted; `cause` is its reason.
 *
 * What this system says:
 * - `ERR_NETINFO_NOT_FOUND`: the name has no address, or the address has no name.
 * - `ERR_NETINFO_RESOLVER`: the resolver could not answer (no name server, say).
 * - `ERR_NETINFO_TIMEOUT`: the resolver did not answer in time.
 * - `ERR_NETINFO_UNSUPPORTED`: this system has no table of sockets that we can read.
 * - `ERR_NETINFO_LIMIT`: more sockets than are listed at once.
 */
export type NetinfoErrorCode =
  | "ERR_NETINFO_ADDRESS"
  | "ERR_NETINFO_OPTION"
  | "ERR_NETINFO_ABORTED"
  | "ERR_NETINFO_NOT_FOUND"
  | "ERR_NETINFO_RESOLVER"
  | "ERR_NETINFO_TIMEOUT"
  | "ERR_NETINFO_UNSUPPORTED"
  | "ERR_NETINFO_LIMIT";

/** What a {@link NetinfoError} has besides its text. */
export interface NetinfoErrorOptions {
  /** The error beneath. */
  readonly cause?: unknown;
  /** For `ERR_NETINFO_ADDRESS`: where in the text, in UTF-16 units from 0. */
  readonly offset?: number | undefined;
}

/** Every error that the functions of this package raise themselves. */
export class NetinfoError extends Error {
  override readonly name = "NetinfoError";
  readonly code: NetinfoErrorCode;
  /** The message in both languages; `message` is the English one. */
  readonly text: Text;
  readonly offset: number | undefined;

  constructor(code: NetinfoErrorCode, text: Text, options: NetinfoErrorOptions = {}) {
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.text = text;
    this.offset = options.offset;
  }
}
