import { describe, expect, it } from "vitest";

import { parseSocketRow } from "../src/proc-net.ts";

const listening =
  "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 23456 1 00000000ebabdd64 100 0 0 10 0                     ";
const timeWait =
  "  17: 0201A8C0:D431 22D8B85D:01BB 06 00000000:00000000 03:0000024B 00000000     0        0 0 3 00000000fe4a28ec";
const tcp6 =
  "   1: B80D0120000000000000000001000000:0050 0000000000000000FFFF00000201A8C0:C350 01 00000000:00000000 00:00000000 00000000    33        0 99 1 0000000000000000 20 4 30 10 -1";
const udp =
  " 1234: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 777 2 0000000000000000 0";

describe("a row of /proc/net", () => {
  it("of a listening TCP socket", () => {
    expect(parseSocketRow(listening, "tcp", "LE")).toEqual({
      protocol: "tcp",
      family: 4,
      local: { address: "127.0.0.1", port: 8080 },
      remote: undefined,
      state: "LISTEN",
      uid: 1000,
      inode: "23456",
    });
  });

  it("of a connection that the kernel alone still has", () => {
    expect(parseSocketRow(timeWait, "tcp", "LE")).toMatchObject({
      local: { address: "192.168.1.2", port: 54_321 },
      remote: { address: "93.184.216.34", port: 443 },
      state: "TIME-WAIT",
      inode: "0",
    });
  });

  it("of IPv6, where each 32-bit word is turned round for itself", () => {
    expect(parseSocketRow(tcp6, "tcp", "LE")).toMatchObject({
      family: 6,
      local: { address: "2001:db8::1", port: 80 },
      remote: { address: "::ffff:192.168.1.2", port: 50_000 },
      state: "ESTABLISHED",
      uid: 33,
    });
  });

  it("of UDP, which has no states of its own", () => {
    expect(parseSocketRow(udp, "udp", "LE")).toMatchObject({
      local: { address: "0.0.0.0", port: 68 },
      remote: undefined,
      state: "UNCONNECTED",
    });
    expect(parseSocketRow(udp.replace(" 07 ", " 01 "), "udp", "LE")?.state).toBe("CONNECTED");
  });

  it("on a machine with the bytes the other way round", () => {
    const row = listening.replace("0100007F", "7F000001");
    expect(parseSocketRow(row, "tcp", "BE")?.local.address).toBe("127.0.0.1");
  });

  it("with a state that is not known here keeps its number", () => {
    expect(parseSocketRow(listening.replace(" 0A ", " 1F "), "tcp", "LE")?.state).toBe("0x1F");
  });

  it("in another form is refused", () => {
    for (const line of [
      "",
      "sl local_address",
      listening.slice(0, 40),
      listening.replace(":1F90", ""),
    ]) {
      expect(parseSocketRow(line, "tcp", "LE")).toBeUndefined();
    }
  });
});
