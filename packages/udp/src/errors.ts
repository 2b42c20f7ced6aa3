/**
 * What went wrong, stable across versions.
 *
 * Done here:
 * - `ERR_UDP_CLOSED`: the socket was closed or destroyed here (`cause`: the reason given);
 * - `ERR_UDP_ABORTED`: the `signal` was aborted (`cause`: the signal's reason);
 * - `ERR_UDP_BUSY`: a read began while another one was waiting;
 * - `ERR_UDP_OPTION`: an option or argument outside what is allowed;
 * - `ERR_UDP_TOO_LARGE`: more bytes than a datagram can carry; nothing was sent;
 * - `ERR_UDP_LIMIT`: more sends under way than `maxPendingSends`, or the operating system is out of
 *   file descriptors, memory or buffers;
 * - `ERR_UDP_ADDRESS_IN_USE`: another socket has that address and port;
 * - `ERR_UDP_NOT_PERMITTED`: the operating system forbids it: a privileged port, a firewall, or a
 *   broadcast address without `broadcast: true`.
 *
 * Done by the network:
 * - `ERR_UDP_NOT_FOUND`: the name has no address of the socket's family;
 * - `ERR_UDP_UNREACHABLE`: there is no route to that address from the one that the socket is bound
 *   to, or, binding, it is not one of this machine.
 *
 * Neither:
 * - `ERR_UDP_SYSTEM`: anything else that the operating system answers; `cause` tells.
 */
export type UdpErrorCode =
  | "ERR_UDP_CLOSED"
  | "ERR_UDP_ABORTED"
  | "ERR_UDP_BUSY"
  | "ERR_UDP_OPTION"
  | "ERR_UDP_TOO_LARGE"
  | "ERR_UDP_LIMIT"
  | "ERR_UDP_ADDRESS_IN_USE"
  | "ERR_UDP_NOT_PERMITTED"
  | "ERR_UDP_NOT_FOUND"
  | "ERR_UDP_UNREACHABLE"
  | "ERR_UDP_SYSTEM";

/**
 * The one error of this package. Its message says what was tried, with which address, and why it
 * failed; `cause` is the operating system's error, or the reason given to `destroy` or `abort`.
 *
 * @example
 * try {
 *   await socket.send(new Uint8Array(70_000), { host: "127.0.0.1", port: 7000 });
 * } catch (error) {
 *   if (error instanceof UdpError && error.code === "ERR_UDP_TOO_LARGE") console.log(error.message);
 * }
 */
export class UdpError extends Error {
  override readonly name: string = "UdpError";
  readonly code: UdpErrorCode;

  constructor(code: UdpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
