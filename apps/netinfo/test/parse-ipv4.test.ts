import { isIPv4 } from "node:net";

import { formatAddress, NetinfoError, parseIpv4 } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ipv4, nearlyAddress } from "./fixtures/addresses.ts";
import { faultOf } from "./fixtures/fault.ts";
import { runs } from "./fixtures/runs.ts";

it("gives the number that the four bytes make", () => {
  expect(parseIpv4("0.0.0.0")).toEqual({ family: 4, value: 0n });
  expect(parseIpv4("192.168.0.1").value).toBe(3_232_235_521n);
  expect(parseIpv4("255.255.255.255").value).toBe(4_294_967_295n);
});

it("reads back what is written", () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      expect(parseIpv4(formatAddress(address))).toEqual(address);
    }),
    { numRuns: runs },
  );
});

it("takes what Node.js takes, and nothing else", () => {
  fc.assert(
    fc.property(fc.oneof(nearlyAddress, fc.string()), (text) => {
      const taken = isIPv4(text);
      try {
        parseIpv4(text);
        expect(taken, text).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(NetinfoError);
        expect(taken, text).toBe(false);
      }
    }),
    { numRuns: runs },
  );
});

describe("says where a text is wrong, and what was expected there", () => {
  const cases: readonly (readonly [text: string, offset: number, message: string])[] = [
    ["", 0, '"" ends too early: at character 1 expected a number from 0 to 255'],
    ["1.2.3", 5, '"1.2.3" ends too early: at character 6 expected "." and another number'],
    ["1.2.3.", 6, "ends too early: at character 7 expected a number from 0 to 255"],
    ["192.168.1.256", 10, 'at character 11 got "256", expected a number from 0 to 255'],
    ["1.2.3.4000", 6, 'got "4000", expected a number from 0 to 255'],
    ["1.2.3.4.5", 7, 'at character 8 got ".5", expected the end, after four numbers'],
    ["1..2.3", 2, 'at character 3 got "."'],
    ["010.0.0.1", 0, 'got "010", expected a number without a leading zero'],
    ["1.2.3.00", 6, 'got "00", expected a number without a leading zero'],
    ["0x7f.0.0.1", 1, 'at character 2 got "x", expected "." and another number'],
    [" 1.2.3.4", 0, 'got " "'],
    ["1.2.3.4 ", 7, 'got " ", expected the end'],
    ["1.2.3.٤", 6, "expected a number from 0 to 255"],
    ["-1.2.3.4", 0, 'got "-"'],
  ];
  for (const [text, offset, message] of cases) {
    it(JSON.stringify(text), () => {
      const error = faultOf(() => parseIpv4(text));
      expect(error).toMatchObject({ code: "ERR_NETINFO_ADDRESS", offset });
      expect(error.message).toContain(message);
      expect(error.text.zh).toContain(`第 ${offset + 1} 个字符`);
    });
  }
});

it("shows no more of a long text than fits a line", () => {
  const error = faultOf(() => parseIpv4("9".repeat(1_000_000)));
  expect(error.message.length).toBeLessThan(300);
});
