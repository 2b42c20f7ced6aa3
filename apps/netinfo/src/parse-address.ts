import { addressFault } from "./address-fault.ts";
import { NetinfoError } from "./errors.ts";
import { formatAddress } from "./format-address.ts";
import { allOnes, bitsOf } from "./ip-address.ts";
import type { IpAddress } from "./ip-address.ts";
import { parseIpv4 } from "./parse-ipv4.ts";
import { parseIpv6 } from "./parse-ipv6.ts";

/** An address and, where one was written, the length of its network's prefix. */
export interface Cidr {
  readonly address: IpAddress;
  /** Bits of the network part, 0 to 32 or 128; `undefined` where the text has no `/`. */
  readonly prefix: number | undefined;
}

/**
 * Parses an IPv4 address or, where the text has a colon, an IPv6 address.
 *
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` that says where the text is wrong
 */
export function parseAddress(text: string): IpAddress {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/**
 * Parses an address with or without a prefix length: `192.168.1.7/24`, `fe80::1%eth0/64`,
 * `192.168.1.7` (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` that says where the text is wrong
 */
export function parseCidr(text: string): Cidr {
  const slash = text.indexOf("/");
  if (slash < 0) return { address: parseAddress(text), prefix: undefined };
  const address = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  const bits = bitsOf(address.family);
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  if (prefix <= bits) return { address, prefix };
  throw addressFault({
    text,
    offset: slash + 1,
    length: Math.max(1, digits.length),
    expected: {
      en: `a prefix length from 0 to ${bits}`,
      zh: ` 0 到 ${bits} 的前缀长度`,
    },
  });
}

/** Whether an address can be a mask: all its ones stand before all its zeros. */
export function isMask({ family, value }: IpAddress): boolean {
  const zeros = allOnes(family) ^ value;
  return (zeros & (zeros + 1n)) === 0n;
}

/**
 * The prefix length that a mask stands for: 255.255.240.0 is 20.
 *
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` when a one follows a zero: no network has such a mask
 * (RFC 4632, section 5.1)
 */
export function prefixOfMask(mask: IpAddress): number {
  if (!isMask(mask)) {
    const shown = formatAddress(mask);
    throw new NetinfoError("ERR_NETINFO_ADDRESS", {
      en: `${shown} is no mask: in a mask all ones stand before all zeros, as in 255.255.240.0`,
      zh: `${shown} 不是掩码：掩码中所有的 1 都在所有的 0 之前，例如 255.255.240.0`,
    });
  }
  const zeros = allOnes(mask.family) ^ mask.value;
  return bitsOf(mask.family) - (zeros === 0n ? 0 : zeros.toString(2).length);
}
