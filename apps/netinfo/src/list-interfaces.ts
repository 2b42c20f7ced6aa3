import { networkInterfaces } from "node:os";

import { formatAddress } from "./format-address.ts";
import type { Family } from "./ip-address.ts";
import { parseAddress, prefixOfMask } from "./parse-address.ts";
import { rangeOf } from "./ranges.ts";
import type { RangeKind } from "./ranges.ts";
import { subnetOf } from "./subnet.ts";

/** One address of an interface. */
export interface InterfaceAddress {
  readonly family: Family;
  /** In its canonical form, without a zone. */
  readonly address: string;
  readonly prefix: number;
  /** What the address is for. */
  readonly scope: RangeKind;
  /**
   * The broadcast address that follows from the prefix; the system may be set to another. None in
   * IPv6, on loopback, and in networks of one or two addresses.
   */
  readonly broadcast: string | undefined;
}

/** A network interface of this machine. */
export interface NetworkInterface {
  readonly name: string;
  /** Its hardware address; `undefined` where it has none, as loopback. */
  readonly mac: string | undefined;
  /** Whether it leads nowhere but back to this machine. */
  readonly loopback: boolean;
  readonly addresses: readonly InterfaceAddress[];
}

const NO_MAC = "00:00:00:00:00:00";

/**
 * This machine's interfaces that are up and have an address, in the system's order (what
 * `os.networkInterfaces` knows).
 */
export function listInterfaces(): NetworkInterface[] {
  return Object.entries(networkInterfaces()).map(([name, entries = []]) => {
    const loopback = entries.some(({ internal }) => internal);
    return {
      name,
      mac: entries.map(({ mac }) => mac).find((mac) => mac !== NO_MAC),
      loopback,
      addresses: entries.map(({ address: text, netmask }) => {
        const address = parseAddress(text);
        const prefix = prefixOfMask(parseAddress(netmask));
        const { broadcast } = subnetOf(address, prefix);
        return {
          family: address.family,
          address: formatAddress({ ...address, zone: undefined }),
          prefix,
          scope: rangeOf(address).kind,
          broadcast: loopback || broadcast === undefined ? undefined : formatAddress(broadcast),
        };
      }),
    };
  });
}
