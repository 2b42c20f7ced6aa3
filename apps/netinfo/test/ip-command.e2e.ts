import { describe, expect, it } from "vitest";

import { run, runJson } from "./fixtures/command.ts";

const private20 = {
  address: "192.168.10.77",
  family: 4,
  expanded: "192.168.10.77",
  range: { kind: "private", network: "192.168.0.0/16", rfc: "RFC 1918" },
  class: { letter: "C", prefix: 24 },
  subnet: {
    prefix: 20,
    network: "192.168.0.0",
    hostPart: "0.0.10.77",
    mask: "255.255.240.0",
    wildcard: "0.0.15.255",
    broadcast: "192.168.15.255",
    first: "192.168.0.1",
    last: "192.168.15.254",
    hosts: "4094",
  },
  decimal: "3232238157",
  hexadecimal: "c0a80a4d",
  networkBits: "11000000101010000000",
  hostBits: "101001001101",
};

it("works an address out from its prefix or its mask alike", async () => {
  for (const args of [["192.168.10.77/20"], ["192.168.10.77", "255.255.240.0"]]) {
    const { status, events, stderr } = await runJson(["ip", ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(events).toEqual([private20]);
  }
});

it("tells the way to a second address", async () => {
  for (const args of [
    ["10.1.2.3/8", "10.9.9.9"],
    ["10.1.2.3", "255.0.0.0", "10.9.9.9"],
  ]) {
    const { events } = await runJson(["ip", ...args]);
    expect(events[0]?.["to"]).toEqual({ address: "10.9.9.9", kind: "neighbour", inNetwork: true });
  }
  for (const [to, line] of [
    ["10.9.9.9", "10.9.9.9 is in the same segment: ARP asks for 10.9.9.9 itself"],
    [
      "8.8.8.8",
      "8.8.8.8 is in another segment: it goes by the gateway, whose address ARP asks for",
    ],
    ["10.255.255.255", "10.255.255.255 is everybody in the segment: it goes to ff:ff:ff:ff:ff:ff"],
    ["224.0.0.1", "224.0.0.1 is a group: it goes to 01:00:5e:00:00:01"],
    ["127.0.0.1", "127.0.0.1 is this machine itself"],
    ["0.0.0.0", "0.0.0.0 is nobody that can be reached"],
  ] as const) {
    const { stdout } = await run(["ip", "10.1.2.3/8", to]);
    expect(stdout).toContain(`\n${line}`);
  }
  const { stdout } = await run(["ip", "fd00::1/64", "fd00::2", "--lang", "zh"]);
  expect(stdout).toContain("\nfd00::2 在同一网段：邻居发现直接询问 fd00::2\n");
});

describe("for people", () => {
  it("shows IPv4 with network and host part told apart", async () => {
    const { stdout } = await run(["ip", "192.168.10.77/20"]);
    expect(stdout).toBe(`address      192.168.10.77
range        private, 192.168.0.0/16 (RFC 1918)
class        C, /24 (historical)
network      192.168.0.0/20
host part    0.0.10.77
mask         255.255.240.0
wildcard     0.0.15.255
broadcast    192.168.15.255
first host   192.168.0.1
last host    192.168.15.254
hosts        4,094
decimal      3232238157
hexadecimal  c0a80a4d
binary       11000000.10101000.0000 | 1010.01001101
`);
  });

  it("shows IPv6 compressed and expanded, in Chinese too", async () => {
    const { stdout } = await run(["ip", "2001:DB8:0:0:0::77/44", "--lang", "zh"]);
    expect(stdout).toBe(`地址      2001:db8::77
完整写法  2001:0db8:0000:0000:0000:0000:0000:0077
范围      文档示例，2001:db8::/32（RFC 3849）
网络      2001:db8::/44
主机部分  ::77
掩码      ffff:ffff:fff0::
反掩码    ::f:ffff:ffff:ffff:ffff:ffff
广播地址  -
首个主机  2001:db8::1
末个主机  2001:db8:f:ffff:ffff:ffff:ffff:ffff
主机数    19,342,813,113,834,066,795,298,815
十进制    42540766411282592856903984951653826679
十六进制  20010db8000000000000000000000077
二进制    0010000000000001:0000110110111000:000000000000 | 0000:0000000000000000
          0000000000000000:0000000000000000:0000000000000000:0000000001110111
`);
  });

  it("tells nothing of a network where none is known", async () => {
    const { stdout } = await run(["ip", "8.8.8.8"]);
    expect(stdout).toBe(`address      8.8.8.8
range        global, 0.0.0.0/0 (RFC 4632)
class        A, /8 (historical)
decimal      134744072
hexadecimal  08080808
binary       00001000.00001000.00001000.00001000
`);
  });
});
