import { NetinfoError } from "./errors.ts";
import { allOnes, bitsOf } from "./ip-address.ts";
import type { Family, IpAddress } from "./ip-address.ts";

/** A network: an address's first `prefix` bits, and what follows from them. */
export interface Subnet {
  readonly family: Family;
  /** Bits of the network part. */
  readonly prefix: number;
  /** The address whose host part is zero. */
  readonly network: IpAddress;
  /** Ones in the network part. */
  readonly mask: IpAddress;
  /** Ones in the host part. */
  readonly wildcard: IpAddress;
  /** The address whose host part is all ones. None in IPv6, nor in an IPv4 network of 1 or 2. */
  readonly broadcast: IpAddress | undefined;
  /** The lowest address that a host can have. */
  readonly first: IpAddress;
  /** The highest address that a host can have. */
  readonly last: IpAddress;
  /** How many addresses there are for hosts: from `first` to `last`. */
  readonly hosts: bigint;
}

/**
 * The network that `address` is in when `prefix` bits are its network part.
 *
 * Which addresses hosts can have: in IPv4 all but the first (the network) and the last (the
 * broadcast address); all in a /31 (RFC 3021) and a /32. In IPv6 all but the first, which belongs to
 * the network's routers (the Subnet-Router anycast address, RFC 4291, section 2.6.1); all in a /127
 * (RFC 6164) and a /128.
 *
 * @param prefix - 0 to 32 (IPv4) or 128 (IPv6)
 * @throws NetinfoError `ERR_NETINFO_OPTION` for another prefix
 *
 * @example
 * const { network, hosts } = subnetOf(parseAddress("192.168.1.77"), 28);
 * console.log(formatAddress(network), hosts); // 192.168.1.64 14n
 */
export function subnetOf({ family, value }: IpAddress, prefix: number): Subnet {
  const bits = bitsOf(family);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) {
    throw new NetinfoError("ERR_NETINFO_OPTION", {
      en: `the prefix length must be a whole number from 0 to ${bits}, got ${prefix}`,
      zh: `前缀长度须为 0 到 ${bits} 的整数，得到 ${prefix}`,
    });
  }
  const wildcard = allOnes(family) >> BigInt(prefix);
  const network = value & ~wildcard;
  const top = network | wildcard;
  const all = prefix >= bits - 1;
  const hasBroadcast = family === 4 && !all;
  const first = all ? network : network + 1n;
  const last = hasBroadcast ? top - 1n : top;
  return {
    family,
    prefix,
    network: { family, value: network },
    mask: { family, value: allOnes(family) ^ wildcard },
    wildcard: { family, value: wildcard },
    broadcast: hasBroadcast ? { family, value: top } : undefined,
    first: { family, value: first },
    last: { family, value: last },
    hosts: last - first + 1n,
  };
}

/** Whether `address` is in `subnet`; an address of the other family never is. */
export function contains(subnet: Subnet, address: IpAddress): boolean {
  return (
    address.family === subnet.family && (address.value & subnet.mask.value) === subnet.network.value
  );
}
