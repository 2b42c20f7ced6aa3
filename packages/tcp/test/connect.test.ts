import { getEventListeners, once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { connect, listen, type ConnectOptions } from "@netloom/tcp";
import { blockedServer } from "./blocked-server.ts";
import { failure } from "./failure.ts";
import { bytes, readText } from "./peers.ts";

/** A port on which nothing listens: one that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("connect", () => {
  it("connects to an address, and tells both addresses", async () => {
    await using listener = await listen({}, async (connection) => {
      await connection.write(bytes(`hello, ${connection.remoteAddress.port}`));
    });
    await using connection = await connect({ port: listener.port });
    const { localAddress, remoteAddress } = connection;
    expect(remoteAddress).toEqual({ address: "127.0.0.1", port: listener.port, family: "IPv4" });
    expect(localAddress).toEqual({
      address: "127.0.0.1",
      port: expect.any(Number) as number,
      family: "IPv4",
    });
    expect(await readText(connection)).toBe(`hello, ${localAddress.port}`);
  });

  it("connects to a name", async () => {
    await using listener = await listen({ host: "localhost" }, async () => {});
    await using connection = await connect({ host: "localhost", port: listener.port });
    expect(connection.remoteAddress.port).toBe(listener.port);
    expect(await readText(connection)).toBe("");
  });

  it("is refused where nothing listens", async () => {
    const port = await closedPort();
    const error = await failure(connect({ port }));
    expect(error.code).toBe("ERR_TCP_REFUSED");
    expect(error.message).toBe(
      `cannot connect to 127.0.0.1:${port}: connection refused (ECONNREFUSED)`,
    );
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED", syscall: "connect" });
  });

  it("names the addresses behind a name in its error", async () => {
    const port = await closedPort();
    const error = await failure(connect({ host: "localhost", port }));
    expect(error.code).toBe("ERR_TCP_REFUSED");
    expect(error.message).toMatch(
      new RegExp(`^cannot connect to localhost:${port} \\([^)]*(127\\.0\\.0\\.1|::1)[^)]*\\): `),
    );
  });

  it("does not find a name that cannot exist", async () => {
    // A label of more than 63 characters: refused before any server is asked (RFC 1035, 2.3.4).
    const host = `${"x".repeat(64)}.invalid`;
    const error = await failure(connect({ host, port: 80 }));
    expect(error.code).toBe("ERR_TCP_NOT_FOUND");
    expect(error.message).toContain(host);
    expect(error.cause).toMatchObject({ syscall: "getaddrinfo" });
  });

  it("does not reach an address without a route", async () => {
    // TCP has no multicast: the system refuses before anything is sent.
    const error = await failure(connect({ host: "224.0.0.1", port: 9 }));
    expect(error.code).toBe("ERR_TCP_UNREACHABLE");
    expect(error.message).toContain("cannot connect to 224.0.0.1:9");
  });

  it("gives up after timeoutMs", async () => {
    await using server = await blockedServer("127.0.0.1");
    const started = performance.now();
    const error = await failure(connect({ port: server.port, timeoutMs: 150 }));
    expect(error.code).toBe("ERR_TCP_TIMEOUT");
    expect(error.message).toBe(
      `cannot connect to 127.0.0.1:${server.port}: no answer within 150 ms`,
    );
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
  });

  it("gives up when aborted, and keeps the reason", async () => {
    await using server = await blockedServer("127.0.0.1");
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const connecting = failure(connect({ port: server.port, signal: controller.signal }));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    controller.abort(reason);
    const error = await connecting;
    expect(error.code).toBe("ERR_TCP_ABORTED");
    expect(error.cause).toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("does not begin when aborted already, nor while looking up a name", async () => {
    const reason = new Error("too late");
    const signal = AbortSignal.abort(reason);
    const error = await failure(connect({ port: 1, signal }));
    expect(error).toMatchObject({ code: "ERR_TCP_ABORTED", cause: reason });

    const controller = new AbortController();
    const connecting = failure(connect({ host: "localhost", port: 1, signal: controller.signal }));
    controller.abort(reason);
    expect(await connecting).toMatchObject({ code: "ERR_TCP_ABORTED", cause: reason });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("aborting after it has connected changes nothing", async () => {
    const controller = new AbortController();
    await using listener = await listen({}, async (connection) => {
      await connection.write(bytes((await readText(connection)).toUpperCase()));
    });
    await using connection = await connect({ port: listener.port, signal: controller.signal });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    controller.abort();
    await connection.write(bytes("still here"));
    await connection.end();
    expect(await readText(connection)).toBe("STILL HERE");
  });

  it("never writes to the options, which may be frozen", async () => {
    await using listener = await listen(Object.freeze({}), async () => {});
    await using connection = await connect(Object.freeze({ port: listener.port }));
    expect(await readText(connection)).toBe("");
  });

  const bad: readonly [string, ConnectOptions][] = [
    ["port is 0", { port: 0 }],
    ["port is 65536", { port: 65_536 }],
    ["port is NaN", { port: Number.NaN }],
    ["port is 1.5", { port: 1.5 }],
    ["port is 80;", { port: "80" as unknown as number }],
    ['host is ""', { host: "", port: 80 }],
    ["timeoutMs is 0", { port: 80, timeoutMs: 0 }],
    ["timeoutMs is 2147483648", { port: 80, timeoutMs: 2 ** 31 }],
    ["idleTimeoutMs is -1", { port: 80, idleTimeoutMs: -1 }],
    ["writeBufferBytes is 0", { port: 80, writeBufferBytes: 0 }],
  ];
  it.each(bad)("rejects where %s", async (message, options) => {
    const error = await failure(connect(options));
    expect(error.code).toBe("ERR_TCP_OPTION");
    expect(error.message).toContain(message);
    expect(error.message).toContain("allowed is ");
  });
});
