import { NetinfoError } from "./errors.ts";
import type { IpAddress } from "./ip-address.ts";
import { rangeOf } from "./ranges.ts";
import { contains, subnetOf } from "./subnet.ts";

/**
 * Where a packet goes first:
 * - `itself`: it never leaves the machine (its own address, or a loopback address);
 * - `neighbour`: straight to the target; ARP (RFC 826) or, in IPv6, neighbour discovery (RFC 4861)
 *   asks for the target's own address;
 * - `gateway`: to the router; what is asked for is the router's address;
 * - `broadcast`, `multicast`: to many; nothing is asked, the MAC address follows from the target;
 * - `nobody`: no host has such an address, or none can be reached from there.
 */
export type DeliveryKind =
  | "itself"
  | "neighbour"
  | "gateway"
  | "broadcast"
  | "multicast"
  | "nobody";

/** How a packet leaves for its target. */
export interface Delivery {
  readonly kind: DeliveryKind;
  /** Whether the target is in the sender's network, by its prefix alone. */
  readonly inNetwork: boolean;
  /** The MAC address on the wire, where the target alone tells it. */
  readonly mac: string | undefined;
}

/**
 * Where a host with address `from` in a network of `prefix` bits sends a packet for `to` first, when
 * it has no other interface and no other routes than its network and its gateway.
 *
 * @throws NetinfoError `ERR_NETINFO_OPTION` for addresses of different families, or a bad prefix
 */
export function deliveryOf(from: IpAddress, prefix: number, to: IpAddress): Delivery {
  const subnet = subnetOf(from, prefix);
  if (from.family !== to.family) {
    throw new NetinfoError("ERR_NETINFO_OPTION", {
      en: `an IPv${from.family} host cannot send to an IPv${to.family} address`,
      zh: `IPv${from.family} 主机无法发送到 IPv${to.family} 地址`,
    });
  }
  const inNetwork = contains(subnet, to);
  const delivery = (kind: DeliveryKind, mac?: string): Delivery => ({ kind, inNetwork, mac });
  const target = rangeOf(to).kind;
  const sender = rangeOf(from).kind;
  const linkLocal = target === "link-local";
  const otherLink =
    linkLocal && from.zone !== undefined && to.zone !== undefined && from.zone !== to.zone;
  if (target === "any" || otherLink) return delivery("nobody");
  if (to.value === from.value || target === "loopback") return delivery("itself");
  if (sender === "loopback") return delivery("nobody");
  if (target === "multicast") return delivery("multicast", multicastMac(to));
  if (target === "broadcast" || to.value === subnet.broadcast?.value) {
    return delivery("broadcast", "ff:ff:ff:ff:ff:ff");
  }
  // With a broadcast address there is a network address that no host has.
  if (subnet.broadcast !== undefined && to.value === subnet.network.value)
    return delivery("nobody");
  // Link-local addresses are on the link whatever the prefix: RFC 3927, section 2.6.2; RFC 4861, 5.2.
  return delivery(inNetwork || linkLocal ? "neighbour" : "gateway");
}

/** The Ethernet address of a group: RFC 1112, section 6.4 (the low 23 bits); RFC 2464, section 7. */
function multicastMac({ family, value }: IpAddress): string {
  const number =
    family === 4
      ? 0x0100_5e00_0000n | (value & 0x7f_ffffn)
      : 0x3333_0000_0000n | (value & 0xffff_ffffn);
  return number
    .toString(16)
    .padStart(12, "0")
    .replaceAll(/..(?=.)/g, "$&:");
}
