import { TcpError } from "./errors.ts";

/** The longest delay of a Node timer. */
export const maxTimerMs = 2_147_483_647;

/** What every connection has, whichever side opened it. */
export interface ConnectionOptions {
  /**
   * Milliseconds without a byte in either direction after which the connection is destroyed: its
   * calls reject with `ERR_TCP_TIMEOUT` and the peer sees a reset. From 1 to 2,147,483,647, or
   * `Infinity` for no limit. Default: 600,000 (10 minutes, as nginx's `proxy_timeout`) for accepted
   * connections, because they are held for strangers; `Infinity` for those made by `connect`.
   */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * How many bytes `write` accepts that the operating system has not taken yet; while there are as
   * many or more, writes wait. From 1. Default: 65,536.
   */
  readonly writeBufferBytes?: number | undefined;
}

/** Checks `value`; throws `ERR_TCP_OPTION` when it is no integer within the bounds. */
export function integerOption(
  name: string,
  value: number,
  min: number,
  max: number,
  orInfinity = false,
): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  if (orInfinity && value === Infinity) return value;
  throw new TcpError(
    "ERR_TCP_OPTION",
    `${name} is ${String(value)}; allowed is an integer from ${min} to ${max}${orInfinity ? ", or Infinity" : ""}`,
  );
}

export function hostOption(host: string): string {
  if (typeof host === "string" && host !== "") return host;
  throw new TcpError(
    "ERR_TCP_OPTION",
    `host is ${JSON.stringify(host)}; allowed is a name or an IP address`,
  );
}

export function idleTimeoutOption(value: number): number {
  return integerOption("idleTimeoutMs", value, 1, maxTimerMs, true);
}

/** The options of a connection with their defaults, checked. */
export function connectionOptions(
  options: ConnectionOptions,
  defaultIdleTimeoutMs: number,
): Required<{ [Name in keyof ConnectionOptions]: number }> {
  const { idleTimeoutMs = defaultIdleTimeoutMs, writeBufferBytes = 64 * 1024 } = options;
  return {
    idleTimeoutMs: idleTimeoutOption(idleTimeoutMs),
    writeBufferBytes: integerOption(
      "writeBufferBytes",
      writeBufferBytes,
      1,
      Number.MAX_SAFE_INTEGER,
    ),
  };
}
