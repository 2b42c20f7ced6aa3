import dgram from "node:dgram";
import { once } from "node:events";

import { serveEcho, serveTcpEcho, serveUdpEcho } from "@netloom/echo";
import type { EchoEvent } from "@netloom/echo";
import { describe, expect, it } from "vitest";

import { connectRaw, readAll } from "./fixtures/peers.ts";

describe("serveEcho", () => {
  it("serves several protocols on one free port, in the order asked for", async () => {
    const [udp, tcp] = await serveEcho(["udp", "tcp"]);
    expect([udp?.protocol, tcp?.protocol]).toEqual(["udp", "tcp"]);
    expect(tcp?.port).toBe(udp?.port);
    expect(tcp?.host).toBe("127.0.0.1");
    await Promise.all([udp?.close(), tcp?.close()]);
  });

  it("leaves nothing open when one of them cannot listen", async () => {
    await using taken = await serveUdpEcho();
    const { port } = taken;
    await expect(serveEcho(["tcp", "udp"], { port })).rejects.toMatchObject({
      code: "ERR_UDP_ADDRESS_IN_USE",
    });
    const tcp = await serveTcpEcho({ port });
    await tcp.close();
  });
});

describe("serveTcpEcho", () => {
  it("tells of connections, counts them, and may be closed twice", async () => {
    const events: EchoEvent[] = [];
    const server = await serveTcpEcho({ onEvent: (event) => events.push(event) });
    const socket = await connectRaw(server.port);
    const peer = `127.0.0.1:${socket.localPort}`;
    socket.end("hello");
    expect(String(await readAll(socket))).toBe("hello");
    await Promise.all([server.close(), server.close()]);
    expect(events).toEqual([
      { type: "opened", protocol: "tcp", peer },
      { type: "closed", protocol: "tcp", peer, bytes: 5, ms: expect.any(Number) as number },
    ]);
    expect(server.totals).toEqual({ count: 1, bytes: 5, failed: 0 });
  });

  it("cuts off at its deadline a client that does not take its echo, and counts it", async () => {
    const server = await serveTcpEcho();
    const socket = await connectRaw(server.port);
    socket.on("error", () => {});
    socket.pause();
    // More than all buffers on the way hold: the write stays unfinished until the server gives up.
    socket.write(Buffer.alloc(64 * 1024 * 1024));
    let seen: number;
    do {
      seen = server.totals.bytes;
      // Both ends are in this process: a turn of its event loop moves whatever can be moved.
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    } while (seen === 0 || server.totals.bytes > seen);
    await server.close();
    expect(server.totals).toMatchObject({ count: 1, failed: 1 });
    socket.destroy();
  });
});

describe("serveUdpEcho", () => {
  it("tells of a sender once, and counts its datagrams", async () => {
    const events: EchoEvent[] = [];
    const server = await serveUdpEcho({ onEvent: (event) => events.push(event) });
    const socket = dgram.createSocket("udp4");
    for (const text of ["one", "three"]) {
      socket.send(text, server.port, "127.0.0.1");
      const [data] = (await once(socket, "message")) as [Buffer];
      expect(String(data)).toBe(text);
    }
    const peer = `127.0.0.1:${socket.address().port}`;
    socket.close();
    await server.close();
    expect(events).toEqual([{ type: "sender", protocol: "udp", peer }]);
    expect(server.totals).toEqual({ count: 2, bytes: 8, failed: 0 });
  });

  // macOS has no 127.0.0.2 unless somebody has added it.
  const oneLoopback = process.platform === "darwin";
  it.skipIf(oneLoopback)(
    "does not answer another echo server, which would go on for ever",
    async () => {
      await using server = await serveUdpEcho();
      // The same port on another address of this machine is what a second machine would be.
      const twin = dgram.createSocket("udp4");
      twin.bind(server.port, "127.0.0.2");
      await once(twin, "listening");
      const answers: string[] = [];
      twin.on("message", (data) => answers.push(String(data)));
      twin.send("loop", server.port, "127.0.0.1");
      // What is sent after it is answered after it.
      const other = dgram.createSocket("udp4");
      other.send("hello", server.port, "127.0.0.1");
      await once(other, "message");
      twin.close();
      other.close();
      expect(answers).toEqual([]);
      expect(server.totals).toEqual({ count: 1, bytes: 5, failed: 1 });
    },
  );
});
