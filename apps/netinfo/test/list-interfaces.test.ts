import { networkInterfaces } from "node:os";

import { listInterfaces, parseAddress } from "@netloom/netinfo";
import { expect, it } from "vitest";

it("lists every interface and address that the system knows", () => {
  const system = networkInterfaces();
  const listed = listInterfaces();
  expect(listed.map(({ name }) => name)).toEqual(Object.keys(system));
  for (const { name, addresses } of listed) {
    expect(addresses.map(({ address, prefix }) => `${address}/${prefix}`)).toEqual(
      system[name]?.map(({ cidr }) => cidr),
    );
  }
});

it("knows the loopback interface", () => {
  const loopback = listInterfaces().find((each) => each.loopback);
  expect(loopback?.mac).toBeUndefined();
  expect(loopback?.addresses).toContainEqual({
    family: 4,
    address: "127.0.0.1",
    prefix: 8,
    scope: "loopback",
    broadcast: undefined,
  });
});

it("gives each IPv4 address of a network its broadcast address", () => {
  for (const { loopback, addresses } of listInterfaces()) {
    for (const { family, prefix, broadcast, address } of addresses) {
      if (loopback || family === 6 || prefix > 30) {
        expect(broadcast).toBeUndefined();
        continue;
      }
      // By another way: with 32-bit numbers.
      const bits = (Number(parseAddress(address).value) | (0xffff_ffff >>> prefix)) >>> 0;
      expect(Number(parseAddress(broadcast ?? "").value)).toBe(bits);
    }
  }
});
