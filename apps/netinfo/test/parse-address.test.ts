import { formatAddress, parseAddress, parseCidr, prefixOfMask, subnetOf } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ip, withPrefix } from "./fixtures/addresses.ts";
import { faultOf } from "./fixtures/fault.ts";
import { runs } from "./fixtures/runs.ts";
import { isMask } from "../src/parse-address.ts";

it("tells the families apart by the colon", () => {
  expect(parseAddress("1.2.3.4").family).toBe(4);
  expect(parseAddress("::1.2.3.4").family).toBe(6);
});

describe("an address with a prefix length", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(withPrefix, ({ address, prefix }) => {
        expect(parseCidr(`${formatAddress(address)}/${prefix}`)).toEqual({ address, prefix });
      }),
      { numRuns: runs },
    );
  });

  it("may have none, and may have a zone before it", () => {
    expect(parseCidr("10.0.0.1")).toMatchObject({ prefix: undefined });
    expect(parseCidr("fe80::1%eth0/64")).toMatchObject({ address: { zone: "eth0" }, prefix: 64 });
  });

  for (const [text, offset, message] of [
    ["10.0.0.0/33", 9, 'at character 10 got "33", expected a prefix length from 0 to 32'],
    ["10.0.0.0/", 9, "ends too early: at character 10 expected a prefix length"],
    ["10.0.0.0/08", 9, 'got "08"'],
    ["10.0.0.0/+8", 9, 'got "+8"'],
    ["10.0.0.0/8/8", 9, 'got "8/8"'],
    ["10.0.0.0/255.0.0.0", 9, 'got "255.0.0.0"'],
    ["::/129", 3, "from 0 to 128"],
    ["/8", 0, "expected a number from 0 to 255"],
  ] as const) {
    it(`is refused as ${text}`, () => {
      const error = faultOf(() => parseCidr(text));
      expect(error).toMatchObject({ code: "ERR_NETINFO_ADDRESS", offset });
      expect(error.message).toContain(message);
    });
  }
});

describe("a mask", () => {
  it("stands for the prefix that it was made from", () => {
    fc.assert(
      fc.property(withPrefix, ({ address, prefix }) => {
        expect(prefixOfMask(subnetOf(address, prefix).mask)).toBe(prefix);
      }),
      { numRuns: runs },
    );
  });

  it("has all ones before all zeros", () => {
    fc.assert(
      fc.property(ip, (address) => {
        const bits = address.value.toString(2).padStart(address.family === 4 ? 32 : 128, "0");
        expect(isMask(address)).toBe(/^1*0*$/.test(bits));
      }),
      { numRuns: runs },
    );
    for (const text of ["0.0.0.255", "255.0.255.0", "255.255.255.253", "::1"]) {
      expect(faultOf(() => prefixOfMask(parseAddress(text)))).toMatchObject({
        code: "ERR_NETINFO_ADDRESS",
        message: `${text} is no mask: in a mask all ones stand before all zeros, as in 255.255.240.0`,
      });
    }
  });
});
