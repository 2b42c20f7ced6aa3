/** Version of the Internet Protocol. */
export type Family = 4 | 6;

/** An address as a number. Make one with `parseAddress`; write it with `formatAddress`. */
export interface IpAddress {
  readonly family: Family;
  /** 0 to 2^32 - 1 (IPv4) or 2^128 - 1 (IPv6), the first byte on the wire being the highest. */
  readonly value: bigint;
  /**
   * IPv6 only: the zone in which a link-local address is meant (RFC 4007), mostly the name of an
   * interface. Not part of the number.
   */
  readonly zone?: string | undefined;
}

/** How many bits an address has: 32 or 128. */
export function bitsOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

/** The address whose bits are all one: 255.255.255.255, or the IPv6 address of `ffff` eight times. */
export function allOnes(family: Family): bigint {
  return (1n << BigInt(bitsOf(family))) - 1n;
}
