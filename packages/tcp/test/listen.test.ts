import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { connect, listen, type ListenOptions } from "@netloom/tcp";
import { failure } from "./failure.ts";

describe("listen", () => {
  it("listens on loopback and a free port by default", async () => {
    await using listener = await listen();
    expect(listener.address).toEqual({
      address: "127.0.0.1",
      port: listener.port,
      family: "IPv4",
    });
    expect(listener.port).toBeGreaterThan(0);
    expect(listener.connections).toBe(0);
  });

  it("refuses a port that is in use, and says which", async () => {
    await using listener = await listen();
    const error = await failure(listen({ port: listener.port }));
    expect(error.code).toBe("ERR_TCP_ADDRESS_IN_USE");
    expect(error.message).toBe(
      `cannot listen on 127.0.0.1:${listener.port}: address in use (EADDRINUSE)`,
    );
    expect(error.cause).toMatchObject({ syscall: "listen" });
  });

  it("a port can be used again at once after the listener closed", async () => {
    const first = await listen({}, async () => {});
    const connection = await connect({ port: first.port });
    await connection.close();
    await first.close();
    await using second = await listen({ port: first.port });
    expect(second.port).toBe(first.port);
  });

  it("refuses an address that is not of this machine", async () => {
    // TEST-NET-1 of RFC 5737: no machine has it.
    const error = await failure(listen({ host: "192.0.2.1" }));
    expect(error.code).toBe("ERR_TCP_UNREACHABLE");
    expect(error.message).toContain("192.0.2.1:0");
  });

  it("refuses a name without an address", async () => {
    const error = await failure(listen({ host: `${"x".repeat(64)}.invalid` }));
    expect(error.code).toBe("ERR_TCP_NOT_FOUND");
  });

  it("rejects when aborted before it listens", async () => {
    const reason = new Error("not today");
    const error = await failure(listen({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "ERR_TCP_ABORTED", cause: reason });

    for (const host of ["127.0.0.1", "localhost"]) {
      const controller = new AbortController();
      const listening = failure(listen({ host, signal: controller.signal }));
      controller.abort(reason);
      expect(await listening).toMatchObject({ code: "ERR_TCP_ABORTED", cause: reason });
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    }
  });

  it("is destroyed by an abort later, and the loop throws", async () => {
    const controller = new AbortController();
    const listener = await listen({ signal: controller.signal });
    const client = await connect({ port: listener.port });
    const iterator = listener[Symbol.asyncIterator]();
    const taken = await iterator.next();
    const waiting = failure(iterator.next());
    const reason = new Error("shutting down");
    controller.abort(reason);
    expect(await waiting).toMatchObject({ code: "ERR_TCP_ABORTED", cause: reason });
    expect(await failure(iterator.next())).toMatchObject({ code: "ERR_TCP_ABORTED" });
    await listener.close();
    expect(listener.connections).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    const read = failure(taken.value?.[Symbol.asyncIterator]().next() ?? Promise.resolve());
    expect((await read).cause).toMatchObject({ code: "ERR_TCP_ABORTED" });
    expect((await failure(client[Symbol.asyncIterator]().next())).code).toBe("ERR_TCP_BROKEN");
  });

  it("takes its listener off the signal when it was closed", async () => {
    const { signal } = new AbortController();
    const listener = await listen({ signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await listener.close();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  const bad: readonly [string, ListenOptions][] = [
    ["port is -1", { port: -1 }],
    ["port is 65536", { port: 65_536 }],
    ["host is 7", { host: 7 as unknown as string }],
    ["backlog is 0", { backlog: 0 }],
    ["maxConnections is 0", { maxConnections: 0 }],
    ["idleTimeoutMs is 0", { idleTimeoutMs: 0 }],
    ["idleTimeoutMs is NaN", { idleTimeoutMs: Number.NaN }],
    ["writeBufferBytes is 0.5", { writeBufferBytes: 0.5 }],
  ];
  it.each(bad)("rejects where %s", async (message, options) => {
    const error = await failure(listen(options));
    expect(error.code).toBe("ERR_TCP_OPTION");
    expect(error.message).toContain(message);
  });
});
