import type { IpAddress } from "./ip-address.ts";

/** What an IPv4 address's class was before prefixes had any length (RFC 791, RFC 1112). */
export interface AddressClass {
  /** A, B and C for hosts, D for multicast, E reserved. */
  readonly letter: "A" | "B" | "C" | "D" | "E";
  /** The prefix length that went with the class; D and E had none. */
  readonly prefix: 8 | 16 | 24 | undefined;
}

/**
 * The historical class of an IPv4 address, which its first bits tell; `undefined` for IPv6. Classes
 * are history since 1993 (RFC 1519): they say nothing about the size of today's networks.
 */
export function classOf({ family, value }: IpAddress): AddressClass | undefined {
  if (family === 6) return undefined;
  const first = Number(value >> 24n);
  if (first < 128) return { letter: "A", prefix: 8 };
  if (first < 192) return { letter: "B", prefix: 16 };
  if (first < 224) return { letter: "C", prefix: 24 };
  return { letter: first < 240 ? "D" : "E", prefix: undefined };
}
