import {
  contains,
  deliveryOf,
  NetinfoError,
  parseAddress,
  parseCidr,
  subnetOf,
} from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ipv4 } from "./fixtures/addresses.ts";
import { runs } from "./fixtures/runs.ts";

function deliver(from: string, to: string): ReturnType<typeof deliveryOf> {
  const { address, prefix = -1 } = parseCidr(from);
  return deliveryOf(address, prefix, parseAddress(to));
}

describe("where a packet goes first", () => {
  for (const [from, to, kind, mac] of [
    ["192.168.1.7/24", "192.168.1.9", "neighbour"],
    ["192.168.1.7/24", "192.168.2.9", "gateway"],
    ["192.168.1.7/16", "192.168.2.9", "neighbour"],
    ["192.168.1.7/24", "8.8.8.8", "gateway"],
    ["192.168.1.7/24", "192.168.1.7", "itself"],
    ["192.168.1.7/24", "127.0.0.1", "itself"],
    ["127.0.0.1/8", "127.9.9.9", "itself"],
    ["127.0.0.1/8", "8.8.8.8", "nobody"],
    ["192.168.1.7/24", "192.168.1.255", "broadcast", "ff:ff:ff:ff:ff:ff"],
    ["192.168.1.7/24", "255.255.255.255", "broadcast", "ff:ff:ff:ff:ff:ff"],
    // The broadcast address of another network is for its router to deal with.
    ["192.168.1.7/24", "192.168.2.255", "gateway"],
    ["192.168.1.7/24", "192.168.1.0", "nobody"],
    ["192.168.1.7/24", "0.0.0.0", "nobody"],
    ["10.0.0.6/31", "10.0.0.7", "neighbour"],
    ["10.0.0.7/31", "10.0.0.6", "neighbour"],
    ["10.0.0.7/32", "10.0.0.6", "gateway"],
    // RFC 1112, section 6.4: the low 23 bits only.
    ["192.168.1.7/24", "224.0.0.251", "multicast", "01:00:5e:00:00:fb"],
    ["192.168.1.7/24", "239.255.255.250", "multicast", "01:00:5e:7f:ff:fa"],
    // RFC 3927, section 2.6.2.
    ["192.168.1.7/24", "169.254.3.4", "neighbour"],
    ["2001:db8::1/64", "2001:db8::2", "neighbour"],
    ["2001:db8::1/64", "2001:db8:0:1::2", "gateway"],
    ["2001:db8::1/64", "fe80::2", "neighbour"],
    // The routers' anycast address (RFC 4291, section 2.6.1).
    ["2001:db8::1/64", "2001:db8::", "neighbour"],
    ["2001:db8::1/64", "::1", "itself"],
    ["2001:db8::1/64", "::", "nobody"],
    // RFC 2464, section 7.
    ["2001:db8::1/64", "ff02::1:ff00:1", "multicast", "33:33:ff:00:00:01"],
    ["fe80::1%eth0/64", "fe80::2%eth0", "neighbour"],
    ["fe80::1%eth0/64", "fe80::2", "neighbour"],
    ["fe80::1%eth0/64", "fe80::2%eth1", "nobody"],
    ["fe80::1%eth0/64", "fe80::1%eth1", "nobody"],
  ] as const) {
    it(`from ${from} to ${to}: ${kind}`, () => {
      expect(deliver(from, to)).toMatchObject({ kind, mac });
    });
  }
});

it("is decided by the network, for addresses that hosts have", () => {
  // Global addresses, where no range of its own has a say.
  const host = fc
    .bigInt(0x0800_0000n, 0x0900_0000n)
    .map((value) => ({ family: 4 as const, value }));
  fc.assert(
    fc.property(host, fc.integer({ min: 9, max: 30 }), host, (from, prefix, to) => {
      const subnet = subnetOf(from, prefix);
      fc.pre(![from.value, subnet.network.value, subnet.broadcast?.value].includes(to.value));
      const inNetwork = contains(subnet, to);
      expect(deliveryOf(from, prefix, to)).toEqual({
        kind: inNetwork ? "neighbour" : "gateway",
        inNetwork,
        mac: undefined,
      });
    }),
    { numRuns: runs },
  );
});

it("gives one answer for any two addresses", () => {
  fc.assert(
    fc.property(ipv4, fc.nat(32), ipv4, (from, prefix, to) => {
      const { kind, mac } = deliveryOf(from, prefix, to);
      expect(mac !== undefined).toBe(kind === "broadcast" || kind === "multicast");
    }),
    { numRuns: runs },
  );
});

it("refuses addresses of two families", () => {
  expect(() => deliver("10.0.0.1/8", "::1")).toThrow(NetinfoError);
  expect(() => deliver("10.0.0.1/8", "::1")).toThrow("an IPv4 host cannot send to an IPv6 address");
});
