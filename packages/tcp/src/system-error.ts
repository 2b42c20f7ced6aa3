import { TcpError, type TcpErrorCode } from "./errors.ts";

const meanings: ReadonlyMap<string, readonly [TcpErrorCode, string]> = new Map([
  ["ECONNREFUSED", ["ERR_TCP_REFUSED", "connection refused"]],
  ["EADDRINUSE", ["ERR_TCP_ADDRESS_IN_USE", "address in use"]],
  ["EACCES", ["ERR_TCP_NOT_PERMITTED", "not permitted"]],
  ["EPERM", ["ERR_TCP_NOT_PERMITTED", "not permitted"]],
  ["ENOTFOUND", ["ERR_TCP_NOT_FOUND", "no such host"]],
  ["ENODATA", ["ERR_TCP_NOT_FOUND", "no such host"]],
  ["EAI_AGAIN", ["ERR_TCP_NOT_FOUND", "the name could not be looked up"]],
  ["EHOSTUNREACH", ["ERR_TCP_UNREACHABLE", "host unreachable"]],
  ["EHOSTDOWN", ["ERR_TCP_UNREACHABLE", "host unreachable"]],
  ["ENETUNREACH", ["ERR_TCP_UNREACHABLE", "network unreachable"]],
  ["ENETDOWN", ["ERR_TCP_UNREACHABLE", "network unreachable"]],
  ["EAFNOSUPPORT", ["ERR_TCP_UNREACHABLE", "address family not available"]],
  ["EADDRNOTAVAIL", ["ERR_TCP_UNREACHABLE", "address not available on this machine"]],
  ["ETIMEDOUT", ["ERR_TCP_TIMEOUT", "no answer"]],
  ["ECONNRESET", ["ERR_TCP_BROKEN", "reset by the peer"]],
  ["ECONNABORTED", ["ERR_TCP_BROKEN", "reset by the peer"]],
  ["EPIPE", ["ERR_TCP_BROKEN", "the peer is gone"]],
  ["EMFILE", ["ERR_TCP_LIMIT", "too many open files in this process"]],
  ["ENFILE", ["ERR_TCP_LIMIT", "too many open files in the system"]],
  ["ENOBUFS", ["ERR_TCP_LIMIT", "no buffer space"]],
  ["ENOMEM", ["ERR_TCP_LIMIT", "out of memory"]],
]);

/** The TcpError for an error of the operating system; `what` is what was tried, with the address. */
export function systemError(what: string, error: NodeJS.ErrnoException): TcpError {
  const [code, why] = meanings.get(error.code ?? "") ?? ["ERR_TCP_SYSTEM", error.message];
  return new TcpError(code, `${what}: ${why}${suffix(error)}`, { cause: error });
}

/**
 * The error of an open connection that is gone. Node reports one and the same event (the peer went
 * away) under many names, depending on which call notices it first, so all of them are one code.
 */
export function brokenError(peer: string, error?: NodeJS.ErrnoException): TcpError {
  const what = `the connection with ${peer} broke`;
  if (error === undefined) return new TcpError("ERR_TCP_BROKEN", what);
  const why =
    error.code === "ETIMEDOUT"
      ? "the peer no longer answers"
      : (meanings.get(error.code ?? "")?.[1] ?? error.message);
  return new TcpError("ERR_TCP_BROKEN", `${what}: ${why}${suffix(error)}`, { cause: error });
}

function suffix(error: NodeJS.ErrnoException): string {
  return error.code === undefined ? "" : ` (${error.code})`;
}
