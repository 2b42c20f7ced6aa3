import type { Encoding } from "@netloom/codec";
import { encodingName } from "@netloom/codec";

import type { SendEchoOptions } from "./echo-reply.ts";
import { EchoError } from "./errors.ts";

/** The longest time that a timer of Node takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Options of sending with their defaults, checked. */
export interface SendSettings {
  readonly host: string;
  readonly port: number;
  readonly encoding: Encoding;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** @throws EchoError `ERR_ECHO_OPTION`; CodecError for an unknown encoding */
export function sendSettings(options: SendEchoOptions): SendSettings {
  const { host = "127.0.0.1", port, encoding = "utf-8", timeoutMs = 5_000, signal } = options;
  if (typeof host !== "string" || host === "") {
    throw new EchoError("ERR_ECHO_OPTION", {
      en: `host is a name or an IP address, got ${JSON.stringify(host)}`,
      zh: `host 应为名称或 IP 地址，得到 ${JSON.stringify(host)}`,
    });
  }
  checkInteger("port", port, 65_535);
  checkInteger("timeoutMs", timeoutMs, MAX_TIMER_MS);
  return { host, port, encoding: encodingName(encoding), timeoutMs, signal };
}

function checkInteger(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new EchoError("ERR_ECHO_OPTION", {
    en: `${name} is a whole number from 1 to ${max}, got ${value}`,
    zh: `${name} 应为 1 到 ${max} 的整数，得到 ${value}`,
  });
}
