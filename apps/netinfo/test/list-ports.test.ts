import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { endianness } from "node:os";

import { listPorts } from "@netloom/netinfo";
import { describe, expect, it } from "vitest";

import { FakeProc, tcpRow } from "./fixtures/proc.ts";

const linux = process.platform === "linux";
const uid = process.geteuid?.() ?? 0;

describe.skipIf(endianness() !== "LE")("from the files of a proc file system", () => {
  it("tells whose a socket is, and does not guess", async () => {
    using proc = new FakeProc();
    proc.table("tcp", tcpRow(80, 11, uid), tcpRow(443, 12, uid), tcpRow(8080, 0, 0, "06"));
    proc.table("udp", tcpRow(53, 13, uid + 1, "07"));
    proc.process(10, "server\0", ["socket:[11]"]);
    const held = await listPorts({ proc: proc.folder });
    expect(
      held.map(({ protocol, local, state, portClass, owner, processes }) => [
        protocol,
        local.port,
        state,
        portClass,
        owner,
        processes.map(({ pid }) => pid),
      ]),
    ).toEqual([
      ["tcp", 80, "LISTEN", "well-known", "process", [10]],
      // Ours, and yet nobody has it: closed since the table was read.
      ["tcp", 443, "LISTEN", "well-known", "unknown", []],
      ["tcp", 8080, "TIME-WAIT", "registered", "kernel", []],
      // Another user's. Root sees all processes, so that for root it is not hidden but gone.
      ["udp", 53, "UNCONNECTED", "well-known", uid === 0 ? "unknown" : "unreadable", []],
    ]);
  });

  it("lists one port, or what waits for others", async () => {
    using proc = new FakeProc();
    proc.table("tcp", tcpRow(80, 11, uid), tcpRow(80, 12, uid, "01"), tcpRow(81, 13, uid));
    proc.table("udp", tcpRow(80, 14, uid, "01"), tcpRow(80, 15, uid, "07"));
    const ports = async (options: object): Promise<string[]> =>
      (await listPorts({ proc: proc.folder, ...options })).map(
        ({ protocol, local, state }) => `${protocol} ${local.port} ${state}`,
      );
    expect(await ports({ port: 80 })).toHaveLength(4);
    expect(await ports({ listening: true })).toEqual([
      "tcp 80 LISTEN",
      "tcp 81 LISTEN",
      "udp 80 UNCONNECTED",
    ]);
    expect(await ports({ listening: true, port: 81 })).toEqual(["tcp 81 LISTEN"]);
    expect(await ports({ port: 82 })).toEqual([]);
  });

  it("refuses a table of another form, and more sockets than it lists", async () => {
    using proc = new FakeProc();
    proc.table("tcp", tcpRow(80, 11, uid), "something new");
    await expect(listPorts({ proc: proc.folder })).rejects.toMatchObject({
      code: "ERR_NETINFO_UNSUPPORTED",
      message: expect.stringContaining("line 3 of ") as string,
    });
    proc.table("tcp", ...Array.from({ length: 100_001 }, () => tcpRow(80, 11, uid)));
    await expect(listPorts({ proc: proc.folder })).rejects.toMatchObject({
      code: "ERR_NETINFO_LIMIT",
    });
    expect(await listPorts({ proc: proc.folder, port: 81 })).toEqual([]);
  });
});

describe.runIf(linux)("on this machine", () => {
  it("finds this process by the TCP ports that it opens", async () => {
    for (const host of ["127.0.0.1", "::1"]) {
      const server = createServer();
      server.listen(0, host);
      try {
        await once(server, "listening");
      } catch {
        // A machine without IPv6.
        continue;
      }
      const { port } = server.address() as AddressInfo;
      const listed = await listPorts({ port, listening: true });
      // Others may use the same number, for UDP or on another address.
      const held = listed.find(
        ({ protocol, local }) => protocol === "tcp" && local.address === host,
      );
      expect(held).toMatchObject({
        local: { address: host, port },
        remote: undefined,
        state: "LISTEN",
        owner: "process",
      });
      expect(held?.processes.map(({ pid }) => pid)).toContain(process.pid);
      server.close();
      await once(server, "close");
    }
  });

  it("finds this process by a UDP port, with and without a peer", async () => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const { port } = socket.address();
    const state = async (): Promise<unknown> => {
      const held = await listPorts({ port });
      const mine = held.filter(({ processes }) => processes.some(({ pid }) => pid === process.pid));
      return mine.map(({ protocol, state, remote }) => ({ protocol, state, port: remote?.port }));
    };
    expect(await state()).toEqual([{ protocol: "udp", state: "UNCONNECTED", port: undefined }]);
    socket.connect(9, "127.0.0.1");
    await once(socket, "connect");
    expect(await state()).toEqual([{ protocol: "udp", state: "CONNECTED", port: 9 }]);
    socket.close();
  });
});

it("refuses a system without /proc/net, and a port that is none", async () => {
  await expect(listPorts({ proc: "/no/such/folder" })).rejects.toMatchObject({
    code: "ERR_NETINFO_UNSUPPORTED",
    message: expect.stringContaining("lsof") as string,
  });
  await expect(listPorts({ port: 65_536 })).rejects.toMatchObject({ code: "ERR_NETINFO_OPTION" });
});
