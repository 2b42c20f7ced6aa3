import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { connect, listen, type Connection, type TcpError } from "@netloom/tcp";
import { failure } from "./failure.ts";
import { bytes, readText, until } from "./peers.ts";

const read = (connection: Connection): Promise<unknown> =>
  connection[Symbol.asyncIterator]().next();

/** The error of a connection that the server resets at once, which may show while connecting already. */
function brokenOff(port: number): Promise<TcpError> {
  return failure(
    (async () => {
      await using client = await connect({ port });
      await read(client);
    })(),
  );
}

describe("a listener without a handler", () => {
  it("is a loop over connections, and break leaves everything open", async () => {
    await using listener = await listen();
    const clients = await Promise.all([
      connect({ port: listener.port }),
      connect({ port: listener.port }),
    ]);
    const taken: Connection[] = [];
    while (taken.length < 2) {
      for await (const connection of listener) {
        taken.push(connection);
        break;
      }
    }
    const ports = (all: readonly number[]): number[] => all.toSorted((a, b) => a - b);
    expect(ports(taken.map(({ remoteAddress }) => remoteAddress.port))).toEqual(
      ports(clients.map(({ localAddress }) => localAddress.port)),
    );
    expect(listener.connections).toBe(2);
    await Promise.all([...taken, ...clients].map((connection) => connection.close()));
  });

  it("one loop waits at a time, and return() ends its wait", async () => {
    await using listener = await listen();
    const first = listener[Symbol.asyncIterator]();
    const second = listener[Symbol.asyncIterator]();
    const waiting = first.next();
    expect((await failure(second.next())).code).toBe("ERR_TCP_BUSY");
    await second.return?.();
    await first.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await first.next()).toEqual({ done: true, value: undefined });

    await using client = await connect({ port: listener.port });
    const third = await listener[Symbol.asyncIterator]().next();
    expect(third.value?.remoteAddress).toEqual(client.localAddress);
    third.value?.destroy();
  });

  it("forgets connections that end before anybody takes them", async () => {
    await using listener = await listen();
    for (let index = 0; index < 20; index++) {
      const client = await connect({ port: listener.port });
      await until(() => listener.connections === 1);
      client.destroy();
      await until(() => listener.connections === 0);
    }
    await using last = await connect({ port: listener.port });
    for await (const connection of listener) {
      expect(connection.remoteAddress).toEqual(last.localAddress);
      connection.destroy();
      break;
    }
  });

  it("keeps what was sent before the connection was taken", async () => {
    await using listener = await listen();
    await using client = await connect({ port: listener.port });
    await client.write(bytes("early"));
    await client.end();
    await until(() => listener.connections === 1);
    for await (const connection of listener) {
      expect(await readText(connection)).toBe("early");
      await connection.close();
      break;
    }
  });

  it("close() ends the loop and destroys what nobody took", async () => {
    const listener = await listen();
    const client = await connect({ port: listener.port });
    const reading = failure(read(client));
    await until(() => listener.connections === 1);
    await listener.close();
    expect((await reading).code).toBe("ERR_TCP_BROKEN");
    for await (const _ of listener) expect.unreachable("a connection was given out");
    expect((await failure(connect({ port: listener.port }))).code).toBe("ERR_TCP_REFUSED");
  });

  it("close() and destroy() end a loop that waits", async () => {
    for (const how of ["close", "destroy"] as const) {
      const listener = await listen();
      const waiting = listener[Symbol.asyncIterator]().next();
      await listener[how]();
      expect(await waiting).toEqual({ done: true, value: undefined });
      await listener.close();
    }
  });
});

describe("a listener with a handler", () => {
  it("closes the connection when the handler's promise resolves", async () => {
    await using listener = await listen({}, async (connection) => {
      await connection.write(bytes("bye"));
    });
    await using client = await connect({ port: listener.port });
    expect(await readText(client)).toBe("bye");
  });

  it("serves connections at the same time", async () => {
    const waiting: (() => void)[] = [];
    await using listener = await listen({}, async (connection) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      await connection.write(bytes("all here"));
    });
    const clients = await Promise.all(
      Array.from({ length: 10 }, () => connect({ port: listener.port })),
    );
    await until(() => waiting.length === 10);
    for (const release of waiting) release();
    for (const client of clients) expect(await readText(client)).toBe("all here");
    await Promise.all(clients.map((client) => client.close()));
  });

  it("destroys the connection when the handler rejects or throws, and reports it", async () => {
    const failures = [new Error("rejected"), new Error("thrown"), "no error at all"];
    for (const [index, thrown] of failures.entries()) {
      const reports: [unknown, Connection | undefined][] = [];
      const handler = (): Promise<void> => {
        if (index === 1) throw thrown;
        return Promise.reject(thrown);
      };
      await using listener = await listen(
        { onError: (error, connection) => reports.push([error, connection]) },
        handler,
      );
      expect((await brokenOff(listener.port)).code).toBe("ERR_TCP_BROKEN");
      expect(reports).toHaveLength(1);
      expect(reports[0]?.[0]).toBe(thrown);
      const served = reports[0]?.[1] as Connection;
      const closed = await failure(served.write(bytes("x")));
      expect(closed.code).toBe("ERR_TCP_CLOSED");
      if (thrown instanceof Error) expect(closed.cause).toBe(thrown);
    }
  });

  it("without onError a mistake becomes one warning, a peer that vanished none", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => {
      if (warning.name === "NetloomTcpWarning") warnings.push(warning);
    };
    process.on("warning", onWarning);
    await using listener = await listen({}, async (connection) => {
      for await (const _ of connection) throw new TypeError("the mistake");
    });
    for (let round = 0; round < 3; round++) {
      const vanishing = await connect({ port: listener.port });
      await until(() => listener.connections === 1);
      vanishing.destroy();
      await until(() => listener.connections === 0);
      const client = await connect({ port: listener.port });
      await client.write(bytes("x"));
      expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
      await client.close();
    }
    await until(() => warnings.length > 0);
    await turn();
    process.off("warning", onWarning);
    expect(warnings.map(({ message }) => message)).toEqual([
      `listener on 127.0.0.1:${listener.port}: TypeError: the mistake`,
    ]);
  });

  it("an onError that throws becomes a warning", async () => {
    const warned = once(process, "warning") as Promise<[Error]>;
    await using listener = await listen(
      {
        onError: () => {
          throw new Error("the log is full");
        },
      },
      () => Promise.reject(new Error("the handler's")),
    );
    await brokenOff(listener.port);
    expect((await warned)[0].message).toContain("the log is full");
  });

  it("refuses loops, because the handler takes the connections", async () => {
    await using listener = await listen({}, async () => {});
    expect((await failure(listener[Symbol.asyncIterator]().next())).code).toBe("ERR_TCP_BUSY");
  });
});

describe("maxConnections", () => {
  it("resets one more, counts it, and takes the next when one has ended", async () => {
    await using listener = await listen({ maxConnections: 2 }, async (connection) => {
      await connection.write(bytes((await readText(connection)).toUpperCase()));
    });
    const { port } = listener;
    const [first, second] = [await connect({ port }), await connect({ port })];
    await until(() => listener.connections === 2);
    expect((await brokenOff(port)).code).toBe("ERR_TCP_BROKEN");
    expect([listener.connections, listener.refused]).toEqual([2, 1]);
    await first.write(bytes("one"));
    await first.end();
    expect(await readText(first)).toBe("ONE");
    await until(() => listener.connections === 1);
    const fourth = await connect({ port });
    await fourth.end();
    expect(await readText(fourth)).toBe("");
    expect(listener.refused).toBe(1);
    for (const connection of [first, second, fourth]) await connection.close();
  });

  it("stays bounded when many more come", async () => {
    await using listener = await listen({ maxConnections: 10 });
    let most = 0;
    const clients = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const client = await connect({ port: listener.port }).catch(() => undefined);
        most = Math.max(most, listener.connections);
        return client;
      }),
    );
    await until(() => listener.refused === 190);
    expect([most <= 10, listener.connections]).toEqual([true, 10]);
    for (const client of clients) client?.destroy();
    await until(() => listener.connections === 0);
  });
});

describe("closing a listener", () => {
  it("lets handlers finish what they do", async () => {
    let served = 0;
    const listener = await listen({}, async (connection) => {
      await connection.write(bytes("working"));
      const text = await readText(connection);
      await turn();
      await connection.write(bytes(text));
      served++;
    });
    const clients = await Promise.all(
      Array.from({ length: 50 }, () => connect({ port: listener.port })),
    );
    await Promise.all(clients.map((client) => read(client)));
    const closed = listener.close();
    await Promise.all(
      clients.map(async (client, index) => {
        await client.write(bytes(`request ${index}`));
        await client.end();
        expect(await readText(client)).toBe(`request ${index}`);
      }),
    );
    await closed;
    expect([served, listener.connections]).toEqual([50, 0]);
  });

  it("waits for a handler whose connection has gone", async () => {
    let release = (): void => {};
    let finished = false;
    const listener = await listen({ onError: () => {} }, async (connection) => {
      await readText(connection).catch(() => {});
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      finished = true;
    });
    const client = await connect({ port: listener.port });
    await until(() => listener.connections === 1);
    client.destroy();
    await until(() => listener.connections === 0);
    const closed = listener.close();
    await turn();
    release();
    await closed;
    expect(finished).toBe(true);
  });

  it("destroys at the deadline what is left, not before, and not much later", async () => {
    const errors: unknown[] = [];
    const listener = await listen(
      { onError: (error) => errors.push(error) },
      async (connection) => {
        await readText(connection);
      },
    );
    const clients = await Promise.all(
      Array.from({ length: 100 }, () => connect({ port: listener.port })),
    );
    await until(() => listener.connections === 100);
    const started = performance.now();
    await listener.close({ deadlineMs: 200 });
    const passed = performance.now() - started;
    expect(passed).toBeGreaterThanOrEqual(199);
    expect(passed).toBeLessThan(1200);
    expect(listener.connections).toBe(0);
    for (const client of clients) {
      expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
    }
    expect(errors).toHaveLength(100);
    expect(errors[0]).toMatchObject({
      code: "ERR_TCP_CLOSED",
      cause: expect.objectContaining({ code: "ERR_TCP_TIMEOUT" }) as Error,
    });
  });

  it("does not wait beyond the deadline for a handler that never ends", async () => {
    const listener = await listen({}, () => new Promise<void>(() => {}));
    await using client = await connect({ port: listener.port });
    await until(() => listener.connections === 1);
    await listener.close({ deadlineMs: 0 });
    expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
  });

  it("called again, the earliest deadline counts", async () => {
    const listener = await listen({}, () => new Promise<void>(() => {}));
    await using client = await connect({ port: listener.port });
    await until(() => listener.connections === 1);
    const patient = listener.close({ deadlineMs: Infinity });
    await listener.close({ deadlineMs: 1 });
    await patient;
    await listener.close();
    expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
  });

  it("destroy() ends everything at once, with the reason", async () => {
    const errors: unknown[] = [];
    const listener = await listen(
      { onError: (error) => errors.push(error) },
      async (connection) => {
        await readText(connection);
      },
    );
    await using client = await connect({ port: listener.port });
    await until(() => listener.connections === 1);
    const reason = new Error("pulled the plug");
    listener.destroy(reason);
    await listener.close();
    expect((await failure(read(client))).code).toBe("ERR_TCP_BROKEN");
    expect(errors).toMatchObject([{ code: "ERR_TCP_CLOSED", cause: reason }]);
  });

  it("refuses a deadline out of bounds", async () => {
    await using listener = await listen();
    expect((await failure(listener.close({ deadlineMs: -1 }))).code).toBe("ERR_TCP_OPTION");
  });
});
