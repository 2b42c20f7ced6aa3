import { isIPv6 } from "node:net";

import { expandAddress, formatAddress, NetinfoError, parseIpv6 } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ipv6, nearlyAddress } from "./fixtures/addresses.ts";
import { faultOf } from "./fixtures/fault.ts";
import { runs } from "./fixtures/runs.ts";

describe("takes each form of RFC 4291, section 2.2", () => {
  const cases: readonly (readonly [text: string, value: bigint])[] = [
    ["::", 0n],
    ["::1", 1n],
    ["1::", 1n << 112n],
    ["ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", 0xabcdef0123456789abcdef0123456789n],
    ["2001:DB8:0:0:8:800:200C:417A", 0x20010db80000000000080800200c417an],
    ["FF01::101", 0xff010000000000000000000000000101n],
    ["1:2:3:4:5:6:7::", 0x00010002000300040005000600070000n],
    ["0:0:0:0:0:0:13.1.68.3", 0x0d014403n],
    ["::FFFF:129.144.52.38", 0xffff81903426n],
    ["64:ff9b::192.0.2.33", 0x64ff9b0000000000000000c0000221n],
  ];
  for (const [text, value] of cases) {
    it(text, () => expect(parseIpv6(text)).toEqual({ family: 6, value }));
  }
});

it("keeps the zone apart", () => {
  expect(parseIpv6("fe80::1%eth0")).toEqual({
    family: 6,
    value: (0xfe80n << 112n) | 1n,
    zone: "eth0",
  });
});

it("reads back what is written, compressed and expanded", () => {
  fc.assert(
    fc.property(ipv6, (address) => {
      expect(parseIpv6(formatAddress(address))).toEqual(address);
      expect(parseIpv6(expandAddress(address))).toEqual(address);
      expect(parseIpv6(expandAddress(address).toUpperCase())).toEqual(address);
    }),
    { numRuns: runs },
  );
});

it("takes what Node.js takes, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(nearlyAddress, fc.string({ unit: fc.constantFrom(..."01f:.") })),
      (text) => {
        const taken = isIPv6(text);
        try {
          parseIpv6(text);
          expect(taken, text).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(NetinfoError);
          expect(taken, text).toBe(false);
        }
      },
    ),
    { numRuns: runs },
  );
});

describe("says where a text is wrong, and what was expected there", () => {
  const cases: readonly (readonly [text: string, offset: number, message: string])[] = [
    ["", 0, 'expected hexadecimal digits or "::"'],
    [":", 0, 'at character 1 got ":", expected hexadecimal digits or "::"'],
    [":1::2", 0, 'expected hexadecimal digits or "::"'],
    ["1:2:3", 5, '"1:2:3" ends too early: at character 6 expected another group'],
    ["1:", 2, "ends too early: at character 3 expected 1 to 4 hexadecimal digits"],
    ["1::2:", 5, "expected 1 to 4 hexadecimal digits"],
    ["1::2::3", 4, 'at character 5 got "::", expected at most one "::"'],
    ["1:::2", 3, 'at character 4 got ":", expected 1 to 4 hexadecimal digits'],
    ["12345::", 0, 'got "12345", expected 1 to 4 hexadecimal digits'],
    ["fe80::g", 6, 'at character 7 got "g", expected 1 to 4 hexadecimal digits'],
    ["fe80::1g", 7, 'at character 8 got "g", expected ":" or the end'],
    ["1:2:3:4:5:6:7:8:9", 15, 'at character 16 got ":9", expected the end, after eight groups'],
    ["1:2:3:4::5:6:7:8", 7, 'at character 8 got "::", expected no "::"'],
    ["1:2:3:4:5:6:7:8::", 15, 'got "::", expected no "::"'],
    ["::1.2.3.256", 8, 'got "256", expected a number from 0 to 255'],
    ["::1.2.3.04", 8, "without a leading zero"],
    ["1:2:1.2.3.4", 4, "expected an IPv4 address in the place of the last two groups only"],
    ["1:2:3:4:5:6:7:1.2.3.4", 14, "expected an IPv4 address in the place"],
    ["::1.2.3.4:5", 9, "expected the end, after four numbers"],
    ["fe80::1%", 8, "ends too early: at character 9 expected a zone"],
    ["fe80::1%et h", 10, 'got " ", expected a zone'],
    ["fe80::x%eth0", 6, '"fe80::x%eth0": at character 7 got "x"'],
  ];
  for (const [text, offset, message] of cases) {
    it(JSON.stringify(text), () => {
      const error = faultOf(() => parseIpv6(text));
      expect(error).toMatchObject({ code: "ERR_NETINFO_ADDRESS", offset });
      expect(error.message).toContain(message);
      expect(error.text.zh).toContain(`第 ${offset + 1} 个字符`);
    });
  }
});
