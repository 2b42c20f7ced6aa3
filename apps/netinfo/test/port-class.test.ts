import { NetinfoError, portClassOf } from "@netloom/netinfo";
import { expect, it } from "vitest";

it("follows the borders of RFC 6335", () => {
  const classes = [0, 1023, 1024, 49_151, 49_152, 65_535].map(portClassOf);
  expect(classes).toEqual([
    "well-known",
    "well-known",
    "registered",
    "registered",
    "dynamic",
    "dynamic",
  ]);
});

it("refuses what is no port", () => {
  for (const port of [-1, 65_536, 1.5, Number.NaN]) {
    expect(() => portClassOf(port)).toThrow(NetinfoError);
  }
});
