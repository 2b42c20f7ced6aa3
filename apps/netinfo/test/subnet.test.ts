import {
  contains,
  formatAddress,
  NetinfoError,
  parseAddress,
  parseCidr,
  subnetOf,
} from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ip, withPrefix } from "./fixtures/addresses.ts";
import { runs } from "./fixtures/runs.ts";

describe("which addresses are for hosts", () => {
  for (const [text, network, broadcast, first, last, hosts] of [
    ["192.168.10.77/20", "192.168.0.0", "192.168.15.255", "192.168.0.1", "192.168.15.254", 4094n],
    ["10.0.0.7/30", "10.0.0.4", "10.0.0.7", "10.0.0.5", "10.0.0.6", 2n],
    // RFC 3021: a line between two routers wastes nothing.
    ["10.0.0.7/31", "10.0.0.6", undefined, "10.0.0.6", "10.0.0.7", 2n],
    ["10.0.0.7/32", "10.0.0.7", undefined, "10.0.0.7", "10.0.0.7", 1n],
    ["1.2.3.4/0", "0.0.0.0", "255.255.255.255", "0.0.0.1", "255.255.255.254", 2n ** 32n - 2n],
    [
      "2001:db8::77/64",
      "2001:db8::",
      undefined,
      "2001:db8::1",
      "2001:db8::ffff:ffff:ffff:ffff",
      2n ** 64n - 1n,
    ],
    // RFC 6164.
    ["fd00::3/127", "fd00::2", undefined, "fd00::2", "fd00::3", 2n],
    ["fd00::3/128", "fd00::3", undefined, "fd00::3", "fd00::3", 1n],
    [
      "fd00::3/0",
      "::",
      undefined,
      "::1",
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      2n ** 128n - 1n,
    ],
  ] as const) {
    it(text, () => {
      const { address, prefix } = parseCidr(text);
      const subnet = subnetOf(address, prefix ?? -1);
      expect(formatAddress(subnet.network)).toBe(network);
      expect(subnet.broadcast && formatAddress(subnet.broadcast)).toBe(broadcast);
      expect(formatAddress(subnet.first)).toBe(first);
      expect(formatAddress(subnet.last)).toBe(last);
      expect(subnet.hosts).toBe(hosts);
    });
  }
});

it("splits every address into a network and a host part", () => {
  fc.assert(
    fc.property(withPrefix, ({ address, prefix }) => {
      const { family, network, mask, wildcard, broadcast, first, last, hosts } = subnetOf(
        address,
        prefix,
      );
      const all = 2n ** BigInt(family === 4 ? 32 : 128) - 1n;
      expect(mask.value + wildcard.value).toBe(all);
      expect(mask.value & wildcard.value).toBe(0n);
      expect(network.value | (address.value & wildcard.value)).toBe(address.value);
      expect(network.value & wildcard.value).toBe(0n);
      expect(wildcard.value + 1n).toBe(2n ** BigInt((family === 4 ? 32 : 128) - prefix));
      expect(hosts).toBe(last.value - first.value + 1n);
      if (broadcast !== undefined) expect(broadcast.value).toBe(network.value + wildcard.value);
    }),
    { numRuns: runs },
  );
});

it("contains what has the same first bits, and nothing of the other family", () => {
  fc.assert(
    fc.property(withPrefix, ip, ({ address, prefix }, other) => {
      const subnet = subnetOf(address, prefix);
      expect(contains(subnet, address)).toBe(true);
      expect(contains(subnet, subnet.first)).toBe(true);
      expect(contains(subnet, subnet.last)).toBe(true);
      const bits = BigInt((address.family === 4 ? 32 : 128) - prefix);
      const same = other.family === address.family && other.value >> bits === address.value >> bits;
      expect(contains(subnet, other)).toBe(same);
    }),
    { numRuns: runs },
  );
});

it("refuses a prefix that no address of the family has", () => {
  for (const [text, prefix] of [
    ["10.0.0.1", 33],
    ["10.0.0.1", -1],
    ["10.0.0.1", 8.5],
    ["::1", 129],
    ["::1", Number.NaN],
  ] as const) {
    expect(() => subnetOf(parseAddress(text), prefix)).toThrow(NetinfoError);
    expect(() => subnetOf(parseAddress(text), prefix)).toThrow(`got ${prefix}`);
  }
});
