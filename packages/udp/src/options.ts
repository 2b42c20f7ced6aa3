import { UdpError } from "./errors.ts";

/** Checks `value`; throws `ERR_UDP_OPTION` when it is no integer within the bounds. */
export function integerOption(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UdpError(
    "ERR_UDP_OPTION",
    `${name} is ${String(value)}; allowed is an integer from ${min} to ${max}`,
  );
}

export function hostOption(host: string): string {
  if (typeof host === "string" && host !== "") return host;
  throw new UdpError(
    "ERR_UDP_OPTION",
    `host is ${JSON.stringify(host)}; allowed is a name or an IP address`,
  );
}
