/**
 * What went wrong, stable across versions.
 *
 * Done here:
 * - `ERR_TCP_CLOSED`: this side was ended, closed or destroyed here (`cause`: the reason given);
 * - `ERR_TCP_ABORTED`: the `signal` was aborted (`cause`: the signal's reason);
 * - `ERR_TCP_BUSY`: a read or an accept began while another one was waiting;
 * - `ERR_TCP_OPTION`: an option or argument outside what is allowed;
 * - `ERR_TCP_ADDRESS_IN_USE`: another socket listens on that address and port;
 * - `ERR_TCP_NOT_PERMITTED`: the operating system forbids it to this user (`EACCES`, `EPERM`).
 *
 * Done by the peer or the network:
 * - `ERR_TCP_BROKEN`: the connection is gone without a clean end: reset by the peer, or lost;
 * - `ERR_TCP_REFUSED`: nothing listens there;
 * - `ERR_TCP_NOT_FOUND`: the name has no address;
 * - `ERR_TCP_UNREACHABLE`: there is no route to that address, or it is not one of this machine;
 * - `ERR_TCP_TIMEOUT`: a time limit passed: on connecting, or on an idle connection.
 *
 * Neither:
 * - `ERR_TCP_LIMIT`: the operating system is out of file descriptors, memory or buffers;
 * - `ERR_TCP_SYSTEM`: anything else that the operating system answers; `cause` tells.
 */
export type TcpErrorCode =
  | "ERR_TCP_CLOSED"
  | "ERR_TCP_ABORTED"
  | "ERR_TCP_BUSY"
  | "ERR_TCP_OPTION"
  | "ERR_TCP_ADDRESS_IN_USE"
  | "ERR_TCP_NOT_PERMITTED"
  | "ERR_TCP_BROKEN"
  | "ERR_TCP_REFUSED"
  | "ERR_TCP_NOT_FOUND"
  | "ERR_TCP_UNREACHABLE"
  | "ERR_TCP_TIMEOUT"
  | "ERR_TCP_LIMIT"
  | "ERR_TCP_SYSTEM";

/**
 * The one error of this package. Its message says what was tried, with which address, and why it
 * failed; `cause` is the operating system's error, or the reason given to `destroy` or `abort`.
 *
 * @example
 * try {
 *   await connect({ host: "127.0.0.1", port: 9 });
 * } catch (error) {
 *   if (error instanceof TcpError && error.code === "ERR_TCP_REFUSED") console.log(error.message);
 * }
 */
export class TcpError extends Error {
  override readonly name: string = "TcpError";
  readonly code: TcpErrorCode;

  constructor(code: TcpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
