import { UdpError, type UdpErrorCode } from "./errors.ts";

const meanings: ReadonlyMap<string, readonly [UdpErrorCode, string]> = new Map([
  ["EMSGSIZE", ["ERR_UDP_TOO_LARGE", "too large for a datagram"]],
  ["EADDRINUSE", ["ERR_UDP_ADDRESS_IN_USE", "address in use"]],
  ["EACCES", ["ERR_UDP_NOT_PERMITTED", "not permitted"]],
  ["EPERM", ["ERR_UDP_NOT_PERMITTED", "not permitted"]],
  ["ENOTFOUND", ["ERR_UDP_NOT_FOUND", "no such host"]],
  ["ENODATA", ["ERR_UDP_NOT_FOUND", "no such host"]],
  ["EAI_AGAIN", ["ERR_UDP_NOT_FOUND", "the name could not be looked up"]],
  ["EHOSTUNREACH", ["ERR_UDP_UNREACHABLE", "host unreachable"]],
  ["EHOSTDOWN", ["ERR_UDP_UNREACHABLE", "host unreachable"]],
  ["ENETUNREACH", ["ERR_UDP_UNREACHABLE", "network unreachable"]],
  ["ENETDOWN", ["ERR_UDP_UNREACHABLE", "network unreachable"]],
  ["EAFNOSUPPORT", ["ERR_UDP_UNREACHABLE", "address family not available"]],
  ["EADDRNOTAVAIL", ["ERR_UDP_UNREACHABLE", "address not available on this machine"]],
  // Linux, for a socket that is bound to loopback and sends beyond it.
  ["EINVAL", ["ERR_UDP_UNREACHABLE", "the address cannot be reached from this socket"]],
  ["EMFILE", ["ERR_UDP_LIMIT", "too many open files in this process"]],
  ["ENFILE", ["ERR_UDP_LIMIT", "too many open files in the system"]],
  ["ENOBUFS", ["ERR_UDP_LIMIT", "no buffer space"]],
  ["ENOMEM", ["ERR_UDP_LIMIT", "out of memory"]],
]);

/** The UdpError for an error of the operating system; `what` is what was tried, with the address. */
export function systemError(what: string, error: NodeJS.ErrnoException): UdpError {
  const [code, why] = meanings.get(error.code ?? "") ?? ["ERR_UDP_SYSTEM", error.message];
  const suffix = error.code === undefined ? "" : ` (${error.code})`;
  return new UdpError(code, `${what}: ${why}${suffix}`, { cause: error });
}
