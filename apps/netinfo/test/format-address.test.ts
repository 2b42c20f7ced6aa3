import { expandAddress, formatAddress, parseAddress, parseIpv6 } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ipv6 } from "./fixtures/addresses.ts";
import { runs } from "./fixtures/runs.ts";

describe("writes IPv6 as RFC 5952 asks for", () => {
  for (const [text, canonical] of [
    // Section 4: leading zeros, "::" as short as it gets, not for one group, the first of two, case.
    ["2001:0db8::0001", "2001:db8::1"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:DB8::AAAA", "2001:db8::aaaa"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["0:0:1:0:0:0:0:0", "0:0:1::"],
    ["0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"],
    ["1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"],
    // Section 5: mixed notation where the prefix tells that an IPv4 address is inside.
    ["::ffff:c000:201", "::ffff:192.0.2.1"],
    ["::c000:201", "::c000:201"],
    ["fe80::1%eth0", "fe80::1%eth0"],
  ] as const) {
    it(`${text} as ${canonical}`, () => expect(formatAddress(parseIpv6(text))).toBe(canonical));
  }

  it("as URLs do (WHATWG), but for IPv4-mapped addresses", () => {
    fc.assert(
      fc.property(ipv6, (address) => {
        fc.pre(address.value >> 32n !== 0xffffn);
        const { hostname } = new URL(`http://[${expandAddress(address)}]`);
        expect(`[${formatAddress(address)}]`).toBe(hostname);
      }),
      { numRuns: runs },
    );
  });
});

it("expands to eight groups of four digits", () => {
  expect(expandAddress(parseAddress("2001:db8::1"))).toBe(
    "2001:0db8:0000:0000:0000:0000:0000:0001",
  );
  expect(expandAddress(parseAddress("::"))).toBe(Array.from({ length: 8 }, () => "0000").join(":"));
  expect(expandAddress(parseAddress("10.0.0.1"))).toBe("10.0.0.1");
});
