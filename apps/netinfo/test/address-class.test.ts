import { classOf, parseAddress } from "@netloom/netinfo";
import { expect, it } from "vitest";

it("is told by the first bits", () => {
  for (const [text, letter, prefix] of [
    ["0.0.0.0", "A", 8],
    ["127.255.255.255", "A", 8],
    ["128.0.0.0", "B", 16],
    ["191.255.255.255", "B", 16],
    ["192.0.0.0", "C", 24],
    ["223.255.255.255", "C", 24],
    ["224.0.0.0", "D", undefined],
    ["239.255.255.255", "D", undefined],
    ["240.0.0.0", "E", undefined],
    ["255.255.255.255", "E", undefined],
  ] as const) {
    expect(classOf(parseAddress(text))).toEqual({ letter, prefix });
  }
});

it("is nothing that IPv6 has", () => {
  expect(classOf(parseAddress("::1"))).toBeUndefined();
});
