import type { IpAddress } from "./ip-address.ts";

/** What stands before the IPv4 address in an IPv4-mapped one: `::ffff:0:0/96` (RFC 4291, 2.5.5.2). */
const MAPPED = 0xffffn;

/**
 * Writes an address in its one canonical form: four decimal numbers for IPv4; for IPv6 what RFC 5952
 * asks for: lower case, no leading zeros, `::` for the longest run of two or more groups of zeros
 * (the first of several), and the last 32 bits as an IPv4 address in IPv4-mapped addresses alone
 * (section 5), which is also what C's `inet_ntop` does.
 *
 * @example
 * formatAddress(parseAddress("2001:DB8:0:0:1:0:0:1")); // "2001:db8::1:0:0:1"
 */
export function formatAddress(address: IpAddress): string {
  const { family, value, zone } = address;
  if (family === 4) return dotted(value);
  const text =
    value >> 32n === MAPPED ? `::ffff:${dotted(value & 0xffff_ffffn)}` : compressed(value);
  return zone === undefined ? text : `${text}%${zone}`;
}

/**
 * Writes an address with nothing left out: for IPv6 eight groups of four digits (without the zone);
 * for IPv4 the same as {@link formatAddress}.
 */
export function expandAddress({ family, value }: IpAddress): string {
  if (family === 4) return dotted(value);
  return value
    .toString(16)
    .padStart(32, "0")
    .replaceAll(/.{4}(?=.)/g, "$&:");
}

function dotted(value: bigint): string {
  const number = Number(value);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}

function compressed(value: bigint): string {
  const digits = value.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  const groups = digits.map((group) => group.replace(/^0{1,3}/, ""));
  let start = 0;
  let longest = 1;
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === "0") end++;
    if (end - at > longest) {
      longest = end - at;
      start = at;
    }
    at = Math.max(at, end - 1);
  }
  if (longest < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + longest).join(":")}`;
}
