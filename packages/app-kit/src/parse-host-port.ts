import { AppError } from "./errors.ts";
import { parsePort } from "./parse-integer.ts";

/** A host and a port on it. */
export interface HostPort {
  /** A name or an IP address; an IPv6 address stands without its brackets. */
  readonly host: string;
  /** 0 to 65535. */
  readonly port: number;
}

/**
 * Parses `host:port`: `localhost:80`, `192.0.2.1:8080`, `[::1]:80`. An IPv6 address needs its
 * brackets (RFC 3986 section 3.2.2): without them, where the address ends is a guess.
 *
 * @throws {AppError} `ERR_APP_USAGE` for everything else
 */
export function parseHostPort(value: string): HostPort {
  const match = /^(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([^\s:/@[\]]+)):(\d{1,5})$/i.exec(value);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || Number(match?.[3]) > 65_535) {
    const got = JSON.stringify(value);
    throw new AppError(
      {
        en: `got ${got}, expected host:port such as localhost:8080 or [::1]:8080, with a port from 0 to 65535`,
        zh: `得到 ${got}，应为 主机:端口，例如 localhost:8080 或 [::1]:8080，端口为 0 到 65535`,
      },
      { code: "ERR_APP_USAGE" },
    );
  }
  return { host, port: parsePort(match?.[3] ?? "") };
}
