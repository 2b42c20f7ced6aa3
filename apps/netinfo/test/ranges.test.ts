import {
  contains,
  formatAddress,
  parseAddress,
  parseCidr,
  rangeOf,
  subnetOf,
} from "@netloom/netinfo";
import type { IpAddress } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ip } from "./fixtures/addresses.ts";
import { runs } from "./fixtures/runs.ts";
import { RANGE_NAMES } from "../src/ranges.ts";

/** The first and the last address of a range, and the one before and after it. */
function borders(network: string): { inside: IpAddress[]; outside: IpAddress[] } {
  const { address, prefix = 0 } = parseCidr(network);
  const { family, wildcard } = subnetOf(address, prefix);
  const low = address.value;
  const high = low + wildcard.value;
  const top = 2n ** (family === 4 ? 32n : 128n) - 1n;
  return {
    inside: [low, high].map((value) => ({ family, value })),
    outside: [low - 1n, high + 1n]
      .filter((value) => value >= 0n && value <= top)
      .map((value) => ({ family, value })),
  };
}

describe("knows each range up to its borders", () => {
  for (const [network, kind, rfc] of [
    ["10.0.0.0/8", "private", "RFC 1918"],
    ["172.16.0.0/12", "private", "RFC 1918"],
    ["192.168.0.0/16", "private", "RFC 1918"],
    ["100.64.0.0/10", "cgnat", "RFC 6598"],
    ["127.0.0.0/8", "loopback", "RFC 1122"],
    ["169.254.0.0/16", "link-local", "RFC 3927"],
    ["192.0.2.0/24", "documentation", "RFC 5737"],
    ["198.18.0.0/15", "benchmarking", "RFC 2544"],
    ["::1/128", "loopback", "RFC 4291"],
    ["::ffff:0:0/96", "ipv4-mapped", "RFC 4291"],
    ["64:ff9b::/96", "translation", "RFC 6052"],
    ["2001:db8::/32", "documentation", "RFC 3849"],
    ["2002::/16", "tunnel", "RFC 3056"],
    ["fc00::/7", "unique-local", "RFC 4193"],
    ["fe80::/10", "link-local", "RFC 4291"],
    ["ff00::/8", "multicast", "RFC 4291"],
  ] as const) {
    it(network, () => {
      const { inside, outside } = borders(network);
      for (const address of inside) expect(rangeOf(address)).toEqual({ kind, network, rfc });
      for (const address of outside) expect(rangeOf(address).network).not.toBe(network);
    });
  }
});

it("names the most specific range", () => {
  for (const [text, kind] of [
    ["0.0.0.0", "any"],
    ["0.0.0.1", "this-network"],
    ["224.0.0.1", "multicast"],
    ["239.1.2.3", "multicast"],
    ["250.0.0.1", "reserved"],
    ["255.255.255.255", "broadcast"],
    ["8.8.8.8", "global"],
    ["172.32.0.1", "global"],
    ["::", "any"],
    ["::2", "reserved"],
    ["2606:4700::1111", "global"],
    ["2001:0:1::", "tunnel"],
    ["2001:1::1", "protocol"],
    ["4000::", "reserved"],
    ["fec0::1", "site-local"],
  ] as const) {
    expect([text, rangeOf(parseAddress(text)).kind]).toEqual([text, kind]);
  }
});

it("gives every address a range that holds it, with a name in both languages", () => {
  fc.assert(
    fc.property(ip, (address) => {
      const { kind, network, rfc } = rangeOf(address);
      const { address: base, prefix = -1 } = parseCidr(network);
      expect(contains(subnetOf(base, prefix), address), formatAddress(address)).toBe(true);
      expect(rfc).toMatch(/^RFC \d+$/);
      expect(RANGE_NAMES[kind].en).not.toBe("");
      expect(RANGE_NAMES[kind].zh).not.toBe("");
    }),
    { numRuns: runs },
  );
});
