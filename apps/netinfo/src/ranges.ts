import type { Text } from "@netloom/app-kit";

import type { IpAddress } from "./ip-address.ts";
import { parseCidr } from "./parse-address.ts";
import { contains, subnetOf } from "./subnet.ts";
import type { Subnet } from "./subnet.ts";

/** What an address is for, in one word; stable. */
export type RangeKind =
  | "any"
  | "this-network"
  | "loopback"
  | "private"
  | "cgnat"
  | "link-local"
  | "unique-local"
  | "site-local"
  | "multicast"
  | "broadcast"
  | "documentation"
  | "benchmarking"
  | "ipv4-mapped"
  | "translation"
  | "tunnel"
  | "discard"
  | "protocol"
  | "reserved"
  | "global";

/** A range of addresses with a purpose of its own. */
export interface AddressRange {
  readonly kind: RangeKind;
  /** The range, such as `192.168.0.0/16`. */
  readonly network: string;
  /** The document that says so, such as `RFC 1918`. */
  readonly rfc: string;
}

/** What people call each kind. */
export const RANGE_NAMES: Readonly<Record<RangeKind, Text>> = {
  any: { en: "any address (unspecified)", zh: "任意地址（未指定）" },
  "this-network": { en: "this network", zh: "本网络" },
  loopback: { en: "loopback", zh: "环回" },
  private: { en: "private", zh: "私有" },
  cgnat: { en: "CGNAT (shared)", zh: "运营商级 NAT（共享）" },
  "link-local": { en: "link-local", zh: "链路本地" },
  "unique-local": { en: "unique local", zh: "唯一本地" },
  "site-local": { en: "site-local (deprecated)", zh: "站点本地（已废弃）" },
  multicast: { en: "multicast", zh: "多播" },
  broadcast: { en: "limited broadcast", zh: "受限广播" },
  documentation: { en: "documentation", zh: "文档示例" },
  benchmarking: { en: "benchmarking", zh: "基准测试" },
  "ipv4-mapped": { en: "IPv4-mapped", zh: "IPv4 映射" },
  translation: { en: "IPv4/IPv6 translation", zh: "IPv4/IPv6 转换" },
  tunnel: { en: "IPv6 over IPv4 tunnel", zh: "IPv4 上的 IPv6 隧道" },
  discard: { en: "discard only", zh: "仅丢弃" },
  protocol: { en: "IETF protocols", zh: "IETF 协议专用" },
  reserved: { en: "reserved", zh: "保留" },
  global: { en: "global", zh: "全球" },
};

// IANA's special-purpose registries (RFC 6890, https://www.iana.org/assignments/iana-ipv4-special-registry
// and …/iana-ipv6-special-registry) and the multicast blocks. Blocks of the registries that are
// routed like any other (AS112, AMT) count as global.
const TABLE: readonly (readonly [network: string, kind: RangeKind, rfc: string])[] = [
  ["0.0.0.0/0", "global", "RFC 4632"],
  ["0.0.0.0/8", "this-network", "RFC 791"],
  ["0.0.0.0/32", "any", "RFC 1122"],
  ["10.0.0.0/8", "private", "RFC 1918"],
  ["100.64.0.0/10", "cgnat", "RFC 6598"],
  ["127.0.0.0/8", "loopback", "RFC 1122"],
  ["169.254.0.0/16", "link-local", "RFC 3927"],
  ["172.16.0.0/12", "private", "RFC 1918"],
  ["192.0.0.0/24", "protocol", "RFC 6890"],
  ["192.0.2.0/24", "documentation", "RFC 5737"],
  ["192.88.99.0/24", "reserved", "RFC 7526"],
  ["192.168.0.0/16", "private", "RFC 1918"],
  ["198.18.0.0/15", "benchmarking", "RFC 2544"],
  ["198.51.100.0/24", "documentation", "RFC 5737"],
  ["203.0.113.0/24", "documentation", "RFC 5737"],
  ["224.0.0.0/4", "multicast", "RFC 5771"],
  ["239.0.0.0/8", "multicast", "RFC 2365"],
  ["240.0.0.0/4", "reserved", "RFC 1112"],
  ["255.255.255.255/32", "broadcast", "RFC 919"],
  ["::/0", "reserved", "RFC 4291"],
  ["::/128", "any", "RFC 4291"],
  ["::1/128", "loopback", "RFC 4291"],
  ["::ffff:0:0/96", "ipv4-mapped", "RFC 4291"],
  ["64:ff9b::/96", "translation", "RFC 6052"],
  ["64:ff9b:1::/48", "translation", "RFC 8215"],
  ["100::/64", "discard", "RFC 6666"],
  ["2000::/3", "global", "RFC 4291"],
  ["2001::/23", "protocol", "RFC 2928"],
  ["2001::/32", "tunnel", "RFC 4380"],
  ["2001:2::/48", "benchmarking", "RFC 5180"],
  ["2001:db8::/32", "documentation", "RFC 3849"],
  ["2002::/16", "tunnel", "RFC 3056"],
  ["3fff::/20", "documentation", "RFC 9637"],
  ["5f00::/16", "protocol", "RFC 9602"],
  ["fc00::/7", "unique-local", "RFC 4193"],
  ["fe80::/10", "link-local", "RFC 4291"],
  ["fec0::/10", "site-local", "RFC 3879"],
  ["ff00::/8", "multicast", "RFC 4291"],
];

interface Row {
  readonly subnet: Subnet;
  readonly range: AddressRange;
}

// The longest prefix first: the first row that fits is the most specific one.
const ROWS: readonly Row[] = TABLE.map(([network, kind, rfc]) => {
  const { address, prefix = 0 } = parseCidr(network);
  return { subnet: subnetOf(address, prefix), range: { kind, network, rfc } };
}).toSorted((one, other) => other.subnet.prefix - one.subnet.prefix);

/**
 * The most specific range that an address is in, after IANA's registries of special-purpose
 * addresses. What is in none of them is `global` in IPv4; in IPv6 `global` is 2000::/3, and what is
 * left over is `reserved`.
 *
 * @example
 * rangeOf(parseAddress("100.64.0.1")); // { kind: "cgnat", network: "100.64.0.0/10", rfc: "RFC 6598" }
 */
export function rangeOf(address: IpAddress): AddressRange {
  const row = ROWS.find(({ subnet }) => contains(subnet, address));
  // Both families have a row with prefix 0.
  if (row === undefined) throw new RangeError("no range holds the address");
  return row.range;
}
