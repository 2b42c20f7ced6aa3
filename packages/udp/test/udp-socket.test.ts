import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { bind, type Datagram, type UdpSocket } from "@netloom/udp";
import { failure } from "./failure.ts";
import { bytes, impossibleName, receive, receiveTexts, until } from "./peers.ts";

const done = { done: true, value: undefined };

async function pair(): Promise<[UdpSocket, UdpSocket]> {
  return [await bind(), await bind()];
}

describe("sending and receiving", () => {
  it("carries a datagram and its sender's address, to which an answer can be sent", async () => {
    const [a, b] = await pair();
    await a.send(bytes("织网"), b.address);
    const [datagram] = await receive(b, 1);
    expect(datagram).toEqual({ data: bytes("织网"), from: a.address });
    await b.send(bytes("answer"), (datagram as Datagram).from);
    expect(await receiveTexts(a, 1)).toEqual(["answer"]);
    await Promise.all([a.close(), b.close()]);
  });

  it("keeps the boundaries: one datagram for each send, an empty one too", async () => {
    const [a, b] = await pair();
    const texts = ["one", "", "three", "", ""];
    for (const text of texts) await a.send(bytes(text), b.address);
    expect(await receiveTexts(b, texts.length)).toEqual(texts);
    await Promise.all([a.close(), b.close()]);
  });

  it("carries 65,507 bytes", async () => {
    const [a, b] = await pair();
    const data = Uint8Array.from({ length: 65_507 }, (_, index) => index * 7);
    await a.send(data, b.address);
    const [datagram] = await receive(b, 1);
    expect(Buffer.compare((datagram as Datagram).data, data)).toBe(0);
    await Promise.all([a.close(), b.close()]);
  });

  it("refuses 65,508 bytes, says so, and goes on", async () => {
    const [a, b] = await pair();
    const error = await failure(a.send(new Uint8Array(65_508), b.address));
    expect(error.code).toBe("ERR_UDP_TOO_LARGE");
    expect(error.message).toBe(
      `cannot send 65508 bytes to 127.0.0.1:${b.address.port}: too large for a datagram (EMSGSIZE)`,
    );
    await a.send(bytes("small"), b.address);
    expect(await receiveTexts(b, 1)).toEqual(["small"]);
    await Promise.all([a.close(), b.close()]);
  });

  it("sends what the bytes were at the time of the call", async () => {
    const [a, b] = await pair();
    const whole = bytes("--first--");
    const sends = [
      a.send(whole.subarray(2, 7), b.address),
      a.send(whole.subarray(2, 7), { host: "localhost", port: b.address.port }),
    ];
    whole.fill(0);
    await Promise.all(sends);
    expect(await receiveTexts(b, 2)).toEqual(["first", "first"]);
    await Promise.all([a.close(), b.close()]);
  });

  it("gives plain Uint8Arrays, which belong to the reader", async () => {
    const [a, b] = await pair();
    await a.send(bytes("x"), b.address);
    await a.send(bytes("y"), b.address);
    const [first, second] = (await receive(b, 2)) as [Datagram, Datagram];
    expect(Object.getPrototypeOf(first.data)).toBe(Uint8Array.prototype);
    expect(first.data.buffer).not.toBe(second.data.buffer);
    await Promise.all([a.close(), b.close()]);
  });

  it("tells many senders apart", async () => {
    await using server = await bind();
    const senders = await Promise.all(Array.from({ length: 30 }, () => bind()));
    await Promise.all(
      senders.map(async (sender, index) => {
        await sender.send(bytes(`hello from ${index}`), server.address);
      }),
    );
    for (const { data, from } of await receive(server, senders.length)) {
      await server.send(data, from);
    }
    for (const [index, sender] of senders.entries()) {
      expect(await receiveTexts(sender, 1)).toEqual([`hello from ${index}`]);
      await sender.close();
    }
  });

  it("nothing is heard of a port on which nobody listens", async () => {
    const [a, b] = await pair();
    await b.close();
    for (let index = 0; index < 10; index++) {
      await a.send(bytes("anybody?"), b.address);
      await turn();
    }
    await a.send(bytes("still here"), a.address);
    expect(await receiveTexts(a, 1)).toEqual(["still here"]);
    await a.close();
  });

  it("talks with a bare socket of node:dgram", async () => {
    await using socket = await bind();
    const bare = createSocket("udp4");
    bare.send("from dgram", socket.address.port, socket.address.address);
    const [{ data, from }] = (await receive(socket, 1)) as [Datagram];
    expect(new TextDecoder().decode(data)).toBe("from dgram");
    const answered = once(bare, "message") as Promise<[Buffer]>;
    await socket.send(bytes("to dgram"), from);
    expect((await answered)[0].toString()).toBe("to dgram");
    bare.close();
  });
});

describe("send refuses", () => {
  it("a name without an address", async () => {
    await using socket = await bind();
    const error = await failure(socket.send(bytes("x"), { host: impossibleName, port: 7 }));
    expect(error.code).toBe("ERR_UDP_NOT_FOUND");
    expect(error.message).toContain(`cannot send 1 bytes to ${impossibleName}:7`);
  });

  it("a broadcast address without `broadcast`", async () => {
    await using socket = await bind();
    // The broadcast address of loopback: nothing leaves the machine.
    const to = { host: "127.255.255.255", port: 9 };
    expect((await failure(socket.send(bytes("x"), to))).code).toBe("ERR_UDP_NOT_PERMITTED");
    await using broadcasting = await bind({ broadcast: true });
    await broadcasting.send(bytes("x"), to);
  });

  it("an address without a route", async () => {
    await using socket = await bind();
    // A socket bound to loopback cannot send beyond it: the system refuses.
    const error = await failure(socket.send(bytes("x"), { host: "192.0.2.1", port: 9 }));
    expect(error.code).toBe("ERR_UDP_UNREACHABLE");
    expect(error.cause).toMatchObject({ syscall: "send" });
  });

  it("an IPv6 address from a socket of IPv4", async () => {
    await using socket = await bind();
    const error = await failure(socket.send(bytes("x"), { host: "::1", port: 7 }));
    expect(error.code).toBe("ERR_UDP_OPTION");
  });

  it("anything but bytes, and ports and hosts out of bounds", async () => {
    await using socket = await bind();
    const to = socket.address;
    const sends = [
      socket.send("text" as unknown as Uint8Array, to),
      socket.send(bytes("x"), { host: "127.0.0.1", port: 0 }),
      socket.send(bytes("x"), { host: "127.0.0.1", port: 65_536 }),
      socket.send(bytes("x"), { host: "", port: 7 }),
      socket.send(bytes("x"), { port: 7 } as unknown as typeof to),
    ];
    for (const send of sends) expect((await failure(send)).code).toBe("ERR_UDP_OPTION");
  });

  it("more sends under way than the limit", async () => {
    await using socket = await bind({ maxPendingSends: 2 });
    const to = { host: "localhost", port: socket.address.port };
    const sends = [socket.send(bytes("1"), to), socket.send(bytes("2"), to)];
    const error = await failure(socket.send(bytes("3"), to));
    expect(error.code).toBe("ERR_UDP_LIMIT");
    expect(error.message).toContain("2 sends are under way");
    await Promise.all(sends);
    await socket.send(bytes("4"), to);
    const texts = await receiveTexts(socket, 3);
    expect(texts.slice(0, 2).join() === "1,2" || texts.slice(0, 2).join() === "2,1").toBe(true);
    expect(texts[2]).toBe("4");
  });
});

describe("reading", () => {
  it("break leaves the socket open, and a later loop goes on", async () => {
    const [a, b] = await pair();
    for (const text of ["1", "2", "3"]) await a.send(bytes(text), b.address);
    expect(await receiveTexts(b, 1)).toEqual(["1"]);
    await turn();
    expect(await receiveTexts(b, 2)).toEqual(["2", "3"]);
    await Promise.all([a.close(), b.close()]);
  });

  it("one loop waits at a time, and the one that waits is not disturbed", async () => {
    const [a, b] = await pair();
    const first = b[Symbol.asyncIterator]();
    const waiting = first.next();
    const second = b[Symbol.asyncIterator]();
    expect((await failure(second.next())).code).toBe("ERR_UDP_BUSY");
    expect((await failure(first.next())).code).toBe("ERR_UDP_BUSY");
    await second.return?.();
    await a.send(bytes("x"), b.address);
    expect((await waiting).value?.data).toEqual(bytes("x"));
    await Promise.all([a.close(), b.close()]);
  });

  it("return() ends a read that waits and loses nothing", async () => {
    const [a, b] = await pair();
    const iterator = b[Symbol.asyncIterator]();
    const waiting = iterator.next();
    expect(await iterator.return?.()).toEqual(done);
    expect(await waiting).toEqual(done);
    expect(await iterator.next()).toEqual(done);
    await a.send(bytes("kept"), b.address);
    expect(await receiveTexts(b, 1)).toEqual(["kept"]);
    await Promise.all([a.close(), b.close()]);
  });

  it("a full queue drops the newest, and counts them", async () => {
    await using sender = await bind();
    await using socket = await bind({ maxQueued: 10 });
    for (let index = 0; index < 50; index++) await sender.send(bytes(`${index}`), socket.address);
    await until(() => socket.dropped === 40);
    expect(await receiveTexts(socket, 10)).toEqual(
      Array.from({ length: 10 }, (_, index) => `${index}`),
    );
    await sender.send(bytes("after"), socket.address);
    expect(await receiveTexts(socket, 1)).toEqual(["after"]);
    expect(socket.dropped).toBe(40);
  });

  it("a flood changes neither the bound nor the order", async () => {
    const count = process.env["NETLOOM_LONG"] === undefined ? 20_000 : 300_000;
    await using sender = await bind();
    await using socket = await bind({ maxQueued: 100 });
    // Awaited ones have reached the socket's buffer, or were dropped by the kernel; none waits here.
    for (let index = 0; index < count; index++)
      await sender.send(bytes(`${index}`), socket.address);
    await until(() => socket.dropped > 0);
    const texts = await receiveTexts(socket, 100);
    const numbers = texts.map(Number);
    expect(
      numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0)),
    ).toBe(true);
    expect(socket.dropped).toBeLessThanOrEqual(count - 100);
  });
});

describe("the end", () => {
  it("close() ends a loop that waits, and every later one", async () => {
    const socket = await bind();
    const waiting = socket[Symbol.asyncIterator]().next();
    await socket.close();
    expect(await waiting).toEqual(done);
    expect(await socket[Symbol.asyncIterator]().next()).toEqual(done);
    await socket.close();
  });

  it("close() drops what was not read", async () => {
    const [a, b] = await pair();
    await a.send(bytes("unread"), b.address);
    await a.send(bytes("last"), a.address);
    await receive(a, 1);
    await b.close();
    for await (const _ of b) expect.unreachable("a datagram was given out");
    await a.close();
  });

  it("a send afterwards is closed", async () => {
    const socket = await bind();
    const { address } = socket;
    await socket.close();
    const error = await failure(socket.send(bytes("x"), address));
    expect(error.code).toBe("ERR_UDP_CLOSED");
    expect(error.message).toBe(`the socket on 127.0.0.1:${address.port} was closed here`);
    expect(socket.address).toEqual(address);
  });

  it("close() lets the sends under way finish", async () => {
    const [a, b] = await pair();
    const sends = ["1", "2"].map((text) =>
      a.send(bytes(text), { host: "localhost", port: b.address.port }),
    );
    const closed = a.close();
    expect((await failure(a.send(bytes("3"), b.address))).code).toBe("ERR_UDP_CLOSED");
    await Promise.all(sends);
    await closed;
    expect((await receiveTexts(b, 2)).toSorted((x, y) => Number(x) - Number(y))).toEqual([
      "1",
      "2",
    ]);
    await b.close();
  });

  it("destroy() ends the sends under way, with the reason, and a close() that waits", async () => {
    const socket = await bind();
    const reason = new Error("pulled the plug");
    const sending = failure(
      socket.send(bytes("x"), { host: "localhost", port: socket.address.port }),
    );
    const waiting = socket[Symbol.asyncIterator]().next();
    const closed = socket.close();
    socket.destroy(reason);
    socket.destroy(new Error("a later reason"));
    expect(await sending).toMatchObject({ code: "ERR_UDP_CLOSED", cause: reason });
    await closed;
    expect(await waiting).toEqual(done);
    const later = failure(socket.send(bytes("x"), socket.address));
    expect(await later).toMatchObject({ code: "ERR_UDP_CLOSED", cause: reason });
  });

  it("destroy() without a reason, and close() after it", async () => {
    const socket = await bind();
    socket.destroy();
    await socket.close();
    expect((await failure(socket.send(bytes("x"), socket.address))).cause).toBeUndefined();
    for await (const _ of socket) expect.unreachable("a datagram was given out");
  });

  it("`await using` closes it", async () => {
    let address;
    {
      await using socket = await bind();
      ({ address } = socket);
    }
    await using again = await bind({ port: address.port });
    expect(again.address).toEqual(address);
  });
});
