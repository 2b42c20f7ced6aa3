import { once } from "node:events";
import { connect as netConnect, createServer, type AddressInfo, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { connect, listen, type Connection } from "@netloom/tcp";
import { failure } from "./failure.ts";
import { bytes, pair, readText, until } from "./peers.ts";

const read = (connection: Connection): Promise<unknown> =>
  connection[Symbol.asyncIterator]().next();

/** A bare node:net server, and one of our connections with it. */
async function withBareServer(): Promise<{ client: Connection; bare: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = await connect({ port: (server.address() as AddressInfo).port });
  const [bare] = await accepted;
  bare.on("error", () => {});
  server.close();
  return { client, bare };
}

describe("a connection", () => {
  it("knows both ends, also when it is gone", async () => {
    const { client, server } = await pair();
    const [local, remote] = [client.localAddress, client.remoteAddress];
    expect([server.remoteAddress, server.localAddress]).toEqual([local, remote]);
    client.destroy();
    await failure(read(server));
    expect([server.remoteAddress, server.localAddress]).toEqual([local, remote]);
    expect([client.localAddress, client.remoteAddress]).toEqual([local, remote]);
  });

  it("counts bytes, also when it is gone", async () => {
    const { client, server } = await pair();
    await client.write(new Uint8Array(1000));
    await client.write(new Uint8Array(0));
    expect([client.bytesWritten, client.bytesRead]).toEqual([1000, 0]);
    await client.close();
    expect((await readText(server)).length).toBe(1000);
    expect([server.bytesRead, server.bytesWritten]).toEqual([1000, 0]);
    await server.close();
    await turn();
    expect([server.bytesRead, client.bytesWritten]).toEqual([1000, 1000]);
  });

  it("gives plain Uint8Arrays, not Buffers", async () => {
    const { client, server } = await pair();
    await client.write(bytes("x"));
    for await (const chunk of server) {
      expect(Object.getPrototypeOf(chunk)).toBe(Uint8Array.prototype);
      break;
    }
    client.destroy();
    server.destroy();
  });

  it("takes nothing but bytes", async () => {
    const { client, server } = await pair();
    const error = await failure(client.write("text" as unknown as Uint8Array));
    expect(error).toMatchObject({
      code: "ERR_TCP_OPTION",
      message: "write takes a Uint8Array, not string",
    });
    client.destroy();
    server.destroy();
  });

  it("sends the writes of one tick together, those across awaits too", async () => {
    const { client, bare } = await withBareServer();
    const sizes: number[] = [];
    bare.on("data", (chunk: Buffer) => sizes.push(chunk.length));
    for (let index = 0; index < 50; index++) void client.write(bytes("a"));
    for (let index = 0; index < 50; index++) await client.write(bytes("b"));
    await until(() => sizes.length > 0);
    await turn();
    expect(sizes).toEqual([100]);
    client.destroy();
    bare.destroy();
  });

  it("accepts no more than its buffer while the peer does not read", async () => {
    const { client, server } = await pair({ writeBufferBytes: 1 });
    const block = new Uint8Array(100_000);
    let accepted = 0;
    const writing = (async () => {
      for (;;) {
        await client.write(block);
        accepted++;
      }
    })();
    const stopped = failure(writing);
    // Once nothing moves any more, all but one block (the one under way) is with the system.
    for (let before = -1; before !== accepted;) {
      before = accepted;
      for (let index = 0; index < 50; index++) await turn();
    }
    expect(client.bytesWritten).toBe(accepted * block.length);
    server.destroy();
    expect((await stopped).code).toBe("ERR_TCP_BROKEN");
  });

  it("is not read ahead by more than two chunks", async () => {
    const { client, server } = await pair();
    void failure(
      (async () => {
        for (;;) await client.write(new Uint8Array(65_536));
      })(),
    );
    for (let index = 0; index < 100; index++) await turn();
    expect(server.bytesRead).toBeLessThanOrEqual(2 * 65_536);
    await read(server);
    for (let index = 0; index < 100; index++) await turn();
    expect(server.bytesRead).toBeLessThanOrEqual(3 * 65_536);
    client.destroy();
    server.destroy();
  });
});

describe("a peer that is gone is one code", () => {
  it("reset while reading", async () => {
    const { client, bare } = await withBareServer();
    const reading = failure(read(client));
    bare.resetAndDestroy();
    const error = await reading;
    expect(error.code).toBe("ERR_TCP_BROKEN");
    expect(error.message).toContain(`with 127.0.0.1:${client.remoteAddress.port} broke`);
    expect(error.cause).toMatchObject({ code: "ECONNRESET" });
  });

  it("closed, then written to: the first write may succeed, a later one breaks", async () => {
    const { client, bare } = await withBareServer();
    bare.end();
    expect(await readText(client)).toBe("");
    bare.destroy();
    const writing = (async () => {
      for (;;) {
        await client.write(bytes("x"));
        await turn();
      }
    })();
    const error = await failure(writing);
    expect(error.code).toBe("ERR_TCP_BROKEN");
    expect(["EPIPE", "ECONNRESET"]).toContain((error.cause as NodeJS.ErrnoException).code);
    expect((await failure(client.end())).code).toBe("ERR_TCP_BROKEN");
  });

  it("closed with unread bytes", async () => {
    const { client, bare } = await withBareServer();
    await client.write(new Uint8Array(100_000));
    // Node reads a first part and then waits for a reader; the rest stays with the system.
    await until(() => bare.readableLength > 0);
    bare.destroy();
    expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
    expect((await failure(client.write(bytes("x")))).code).toBe("ERR_TCP_BROKEN");
    await client.close();
    expect((await failure(client.write(bytes("x")))).code).toBe("ERR_TCP_CLOSED");
  });

  it("a reset right behind data is never a clean end, however this side stands", async () => {
    const rounds = process.env["NETLOOM_LONG"] === undefined ? 40 : 1_000;
    for (let round = 0; round < rounds; round++) {
      const { client, bare } = await withBareServer();
      // Both with this side open, and with it ended: then it asks for nothing but the answer.
      if (round % 2 === 1) await client.end();
      const answer = readText(client);
      bare.write(Buffer.alloc(1 + ((round * 997) % 100_000)), () => bare.resetAndDestroy());
      expect((await failure(answer)).code).toBe("ERR_TCP_BROKEN");
    }
  });

  it("nothing is thrown where nobody waits", async () => {
    const { client, server } = await pair();
    await client.write(new Uint8Array(1_000_000));
    server.destroy();
    for (let index = 0; index < 50; index++) await turn();
    expect((await failure(client.end())).code).toBe("ERR_TCP_BROKEN");
    await client.close();
  });
});

describe("close", () => {
  it("sends everything although the peer's bytes were not read", async () => {
    const { client, server } = await pair();
    await server.write(new Uint8Array(200_000));
    await client.write(new Uint8Array(3_000_000));
    const closed = client.close();
    let received = 0;
    for await (const chunk of server) {
      received += chunk.length;
      if (received < 1_000_000) await server.write(new Uint8Array(1000));
    }
    expect(received).toBe(3_000_000);
    await closed;
    await server.close();
  });

  it("gives the descriptor back as soon as the peer has ended too", async () => {
    await using listener = await listen({}, async () => {});
    await using client = await connect({ port: listener.port });
    expect(await readText(client)).toBe("");
    expect(listener.connections).toBe(1);
    await client.close();
    await until(() => listener.connections === 0);
  });

  it("is cut short by destroy() while it drops what the peer sends", async () => {
    await using listener = await listen({}, async () => {});
    const client = await connect({ port: listener.port });
    expect(await readText(client)).toBe("");
    const started = performance.now();
    listener.destroy();
    await listener.close();
    expect(performance.now() - started).toBeLessThan(1000);
    await client.close();
  });
});

describe("idleTimeoutMs", () => {
  it("destroys a connection on which nothing moves", async () => {
    const { client, server } = await pair({ idleTimeoutMs: 50 });
    client.idleTimeoutMs = Infinity;
    const reading = failure(read(client));
    const error = await failure(read(server));
    expect(error.code).toBe("ERR_TCP_TIMEOUT");
    expect(error.message).toBe(
      `the connection with 127.0.0.1:${client.localAddress.port} was idle for 50 ms`,
    );
    expect((await failure(server.write(bytes("x")))).code).toBe("ERR_TCP_TIMEOUT");
    expect((await failure(server.end())).code).toBe("ERR_TCP_TIMEOUT");
    await server.close();
    expect((await reading).code).toBe("ERR_TCP_BROKEN");
  });

  it("is ten minutes for accepted connections, none for one's own", async () => {
    const { client, server } = await pair();
    expect([server.idleTimeoutMs, client.idleTimeoutMs]).toEqual([600_000, Infinity]);
    client.destroy();
    server.destroy();
  });

  it("does not touch a connection on which something moves", async () => {
    const idleTimeoutMs = 100;
    for (let whole = false; !whole;) {
      const { client, server } = await pair({ idleTimeoutMs });
      const deadline = performance.now() + 4 * idleTimeoutMs;
      let last = performance.now();
      const step = async (from: Connection, to: Connection): Promise<void> => {
        await from.write(bytes("ping"));
        await read(to);
        last = performance.now();
      };
      try {
        while (performance.now() < deadline) {
          await step(client, server);
          await step(server, client);
        }
        whole = true;
      } catch (error) {
        // A machine that is held up for as long as that is no proof: again.
        expect(error).toMatchObject({ code: "ERR_TCP_TIMEOUT" });
        expect(performance.now() - last).toBeGreaterThanOrEqual(idleTimeoutMs - 10);
      }
      client.destroy();
      server.destroy();
    }
  });

  it("is not the peer's fault where this process was held up", async () => {
    const { client, bare } = await withBareServer();
    for (let round = 0; round < 5; round++) {
      client.idleTimeoutMs = 20;
      // Handed to the system within the call; then this process does nothing for a while.
      bare.write("in time");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
      await turn();
      client.idleTimeoutMs = Infinity;
      expect((await client[Symbol.asyncIterator]().next()).done).toBe(false);
    }
    client.destroy();
    bare.destroy();
  });

  it("ends a close() that the peer does not let finish", async () => {
    const { client, server } = await pair({ idleTimeoutMs: 100 });
    server.idleTimeoutMs = Infinity;
    const writes = Array.from({ length: 32 }, () => client.write(new Uint8Array(1024 * 1024)));
    const last = failure(writes.at(-1) as Promise<void>);
    await Promise.allSettled([...writes, client.close()]);
    expect((await last).code).toBe("ERR_TCP_TIMEOUT");
    server.destroy();
  });

  it("can be set, within its bounds", async () => {
    const { client, server } = await pair();
    expect(() => {
      client.idleTimeoutMs = 0;
    }).toThrowError(expect.objectContaining({ code: "ERR_TCP_OPTION" }) as Error);
    expect(client.idleTimeoutMs).toBe(Infinity);
    client.idleTimeoutMs = 30;
    expect(client.idleTimeoutMs).toBe(30);
    expect((await failure(read(client))).code).toBe("ERR_TCP_TIMEOUT");
    server.destroy();
  });
});

describe("clients of other makes", () => {
  it("a bare socket that half-closes gets its answer", async () => {
    await using listener = await listen({}, async (connection) => {
      await connection.write(bytes((await readText(connection)).toUpperCase()));
    });
    const socket = netConnect({ port: listener.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.end("question");
    expect(await readText(socket)).toBe("QUESTION");
  });

  it("many that connect and drop at once leave nothing behind", async () => {
    await using listener = await listen({}, async (connection) => {
      await readText(connection);
    });
    const rounds = process.env["NETLOOM_LONG"] === undefined ? 300 : 20_000;
    for (let index = 0; index < rounds; index++) {
      const socket = netConnect({ port: listener.port, host: "127.0.0.1" });
      await once(socket, "connect");
      if (index % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
    }
    await until(() => listener.connections === 0);
  });
});
