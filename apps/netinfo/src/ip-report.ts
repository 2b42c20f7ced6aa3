import { classOf } from "./address-class.ts";
import type { AddressClass } from "./address-class.ts";
import { digitsOf } from "./address-digits.ts";
import type { AddressDigits } from "./address-digits.ts";
import { deliveryOf } from "./delivery.ts";
import type { Delivery } from "./delivery.ts";
import { expandAddress, formatAddress } from "./format-address.ts";
import type { Family, IpAddress } from "./ip-address.ts";
import { rangeOf } from "./ranges.ts";
import type { AddressRange } from "./ranges.ts";
import { subnetOf } from "./subnet.ts";

/** What `netloom-netinfo ip` knows of an address, ready for JSON. */
export interface IpReport extends AddressDigits {
  readonly address: string;
  readonly family: Family;
  readonly expanded: string;
  readonly range: AddressRange;
  /** IPv4 only. */
  readonly class: AddressClass | undefined;
  /** Only with a prefix. */
  readonly subnet: SubnetReport | undefined;
  /** Only with a second address. */
  readonly to: ({ readonly address: string } & Delivery) | undefined;
}

/** A network in texts. */
export interface SubnetReport {
  readonly prefix: number;
  readonly network: string;
  /** The host part of the address alone, as an address. */
  readonly hostPart: string;
  readonly mask: string;
  readonly wildcard: string;
  readonly broadcast: string | undefined;
  readonly first: string;
  readonly last: string;
  /** A bigint: more than a number holds exactly, in IPv6. */
  readonly hosts: bigint;
}

/**
 * Works out everything about an address.
 *
 * @param prefix - without it there is no network to tell of
 * @param to - where it would send to; needs the prefix
 */
export function reportOf(
  address: IpAddress,
  prefix: number | undefined,
  to: IpAddress | undefined,
): IpReport {
  const { family } = address;
  return {
    address: formatAddress(address),
    family,
    expanded: expandAddress(address),
    range: rangeOf(address),
    class: classOf(address),
    subnet: prefix === undefined ? undefined : subnetReport(address, prefix),
    ...digitsOf(address, prefix),
    to:
      to === undefined || prefix === undefined
        ? undefined
        : { address: formatAddress(to), ...deliveryOf(address, prefix, to) },
  };
}

function subnetReport(address: IpAddress, prefix: number): SubnetReport {
  const { family, value } = address;
  const subnet = subnetOf(address, prefix);
  return {
    prefix,
    network: formatAddress(subnet.network),
    hostPart: formatAddress({ family, value: value & subnet.wildcard.value }),
    mask: formatAddress(subnet.mask),
    wildcard: formatAddress(subnet.wildcard),
    broadcast: subnet.broadcast && formatAddress(subnet.broadcast),
    first: formatAddress(subnet.first),
    last: formatAddress(subnet.last),
    hosts: subnet.hosts,
  };
}
