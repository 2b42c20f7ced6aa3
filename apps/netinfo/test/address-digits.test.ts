import { digitsOf, parseAddress } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { withPrefix } from "./fixtures/addresses.ts";
import { runs } from "./fixtures/runs.ts";
import { binaryLines } from "../src/address-digits.ts";

it("writes the same number three times", () => {
  fc.assert(
    fc.property(withPrefix, ({ address, prefix }) => {
      const { decimal, hexadecimal, networkBits, hostBits } = digitsOf(address, prefix);
      expect(BigInt(decimal)).toBe(address.value);
      expect(BigInt(`0x${hexadecimal}`)).toBe(address.value);
      expect(BigInt(`0b${networkBits}${hostBits}`)).toBe(address.value);
      expect(networkBits).toHaveLength(prefix);
      expect(hostBits).toHaveLength((address.family === 4 ? 32 : 128) - prefix);
    }),
    { numRuns: runs },
  );
});

it("counts all bits as the network's where no prefix is known", () => {
  const digits = digitsOf(parseAddress("127.0.0.1"));
  expect(digits.hostBits).toBe("");
  expect(binaryLines(digits)).toEqual(["01111111.00000000.00000000.00000001"]);
});

describe("tells network and host part apart with a bar", () => {
  const half = "0000000000000000:0000000000000000:0000000000000000:0000000000000000";
  for (const [text, prefix, lines] of [
    ["192.168.10.77", 20, ["11000000.10101000.0000 | 1010.01001101"]],
    ["192.168.10.77", 24, ["11000000.10101000.00001010 | 01001101"]],
    ["192.168.10.77", 0, ["| 11000000.10101000.00001010.01001101"]],
    ["192.168.10.77", 32, ["11000000.10101000.00001010.01001101"]],
    ["::1", 64, [half, `| ${half.slice(0, -1)}1`]],
    ["::", 68, [half, `0000 | 000000000000${half.slice(16)}`]],
  ] as const) {
    it(`${text}/${prefix}`, () => {
      expect(binaryLines(digitsOf(parseAddress(text), prefix))).toEqual(lines);
    });
  }
});
