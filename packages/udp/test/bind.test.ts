import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { bind, type BindOptions } from "@netloom/udp";
import { failure } from "./failure.ts";
import { bytes, impossibleName, receiveTexts } from "./peers.ts";

describe("bind", () => {
  it("binds to loopback and a free port by default", async () => {
    await using socket = await bind();
    expect(socket.address).toEqual({
      address: "127.0.0.1",
      port: expect.any(Number) as number,
      family: "IPv4",
    });
    expect(socket.address.port).toBeGreaterThan(0);
    expect(socket.dropped).toBe(0);
  });

  it("takes its options from an object that may be frozen", async () => {
    await using socket = await bind(Object.freeze({}));
    expect(socket.address.family).toBe("IPv4");
  });

  it("binds to a name", async () => {
    await using socket = await bind({ host: "localhost" });
    expect(["127.0.0.1", "::1"]).toContain(socket.address.address);
  });

  it("refuses a port that is in use, and says which", async () => {
    await using socket = await bind();
    const { port } = socket.address;
    const error = await failure(bind({ port }));
    expect(error.code).toBe("ERR_UDP_ADDRESS_IN_USE");
    expect(error.message).toBe(`cannot bind 127.0.0.1:${port}: address in use (EADDRINUSE)`);
    expect(error.cause).toMatchObject({ code: "EADDRINUSE", syscall: "bind" });
  });

  it("shares a port with reuseAddress", async () => {
    await using first = await bind({ reuseAddress: true });
    await using second = await bind({ reuseAddress: true, port: first.address.port });
    expect(second.address).toEqual(first.address);
  });

  it("a port can be used again at once after the socket closed", async () => {
    const first = await bind();
    await first.close();
    await using second = await bind({ port: first.address.port });
    expect(second.address).toEqual(first.address);
  });

  it("refuses an address that is not of this machine", async () => {
    // TEST-NET-1 of RFC 5737: no machine has it.
    const error = await failure(bind({ host: "192.0.2.1" }));
    expect(error.code).toBe("ERR_UDP_UNREACHABLE");
    expect(error.message).toContain("cannot bind 192.0.2.1:0");
  });

  it("refuses a name without an address", async () => {
    const error = await failure(bind({ host: impossibleName }));
    expect(error.code).toBe("ERR_UDP_NOT_FOUND");
    expect(error.message).toContain(impossibleName);
  });

  it("tells which receive buffer the system granted", async () => {
    await using small = await bind({ receiveBufferBytes: 8_192 });
    expect(small.receiveBufferBytes).toBe(8_192);
    // More than any system grants: it is cut, and that shows.
    await using large = await bind({ receiveBufferBytes: 2_147_483_647 });
    expect(large.receiveBufferBytes).toBeGreaterThan(8_192);
    expect(large.receiveBufferBytes).toBeLessThan(2_147_483_647);
  });

  it("rejects when aborted before it is bound", async () => {
    const reason = new Error("not today");
    const error = await failure(bind({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "ERR_UDP_ABORTED", cause: reason });

    for (const host of ["127.0.0.1", "localhost"]) {
      const controller = new AbortController();
      const binding = failure(bind({ host, signal: controller.signal }));
      controller.abort(reason);
      expect(await binding).toMatchObject({ code: "ERR_UDP_ABORTED", cause: reason });
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    }
  });

  it("is destroyed by an abort later: the loop throws, sends reject", async () => {
    const controller = new AbortController();
    const socket = await bind({ signal: controller.signal });
    const waiting = failure(socket[Symbol.asyncIterator]().next());
    const reason = new Error("shutting down");
    controller.abort(reason);
    expect(await waiting).toMatchObject({ code: "ERR_UDP_ABORTED", cause: reason });
    const later = failure(socket[Symbol.asyncIterator]().next());
    expect(await later).toMatchObject({ code: "ERR_UDP_ABORTED", cause: reason });
    const sending = failure(socket.send(bytes("x"), socket.address));
    expect(await sending).toMatchObject({ code: "ERR_UDP_ABORTED", cause: reason });
    await socket.close();
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("takes its listener off the signal when it was closed", async () => {
    const { signal } = new AbortController();
    const socket = await bind({ signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await socket.close();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  const bad: readonly [string, BindOptions][] = [
    ["port is -1", { port: -1 }],
    ["port is 65536", { port: 65_536 }],
    ["port is 80", { port: "80" as unknown as number }],
    ['host is ""', { host: "" }],
    ["maxQueued is 0", { maxQueued: 0 }],
    ["maxPendingSends is 1.5", { maxPendingSends: 1.5 }],
    ["receiveBufferBytes is 2147483648", { receiveBufferBytes: 2 ** 31 }],
  ];
  it.each(bad)("rejects where %s", async (message, options) => {
    const error = await failure(bind(options));
    expect(error.code).toBe("ERR_UDP_OPTION");
    expect(error.message).toContain(message);
    expect(error.message).toContain("allowed is ");
  });
});

const ipv6 = await bind({ host: "::1" }).then(
  async (socket) => {
    await socket.close();
    return true;
  },
  () => false,
);

describe.skipIf(!ipv6)("IPv6", () => {
  it("carries datagrams", async () => {
    await using socket = await bind({ host: "::1" });
    expect(socket.address.family).toBe("IPv6");
    await socket.send(bytes("to myself"), socket.address);
    expect(await receiveTexts(socket, 1)).toEqual(["to myself"]);
  });

  it("a socket of both families sends to IPv4 addresses and names", async () => {
    await using v4 = await bind();
    await using both = await bind({ host: "::" });
    await both.send(bytes("address"), v4.address);
    await both.send(bytes("name"), { host: "localhost", port: both.address.port });
    expect(await receiveTexts(v4, 1)).toEqual(["address"]);
    expect(await receiveTexts(both, 1)).toEqual(["name"]);
  });

  it("carries 65,527 bytes and no more", async () => {
    await using socket = await bind({ host: "::1" });
    await socket.send(new Uint8Array(65_527), socket.address);
    const error = await failure(socket.send(new Uint8Array(65_528), socket.address));
    expect(error.code).toBe("ERR_UDP_TOO_LARGE");
  });
});
