import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { blockedServer } from "./blocked-server.ts";
import { dial, DialFailure } from "../src/dial.ts";

const never = new AbortController().signal;
const v4 = (address: string): { address: string; family: number } => ({ address, family: 4 });

/** Which address the socket is connected with; closes it. */
function remote(socket: Socket): string | undefined {
  const { remoteAddress } = socket;
  socket.destroy();
  return remoteAddress;
}

describe("dial", () => {
  it("takes the next address at once when one refuses", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const started = performance.now();
    const addresses = [v4("127.0.0.3"), v4("127.0.0.2"), v4("127.0.0.1")];
    expect(await dial(addresses, port, never, remote)).toBe("127.0.0.1");
    expect(performance.now() - started).toBeLessThan(240);
    server.close();
  });

  it("takes the next address after 250 ms when one does not answer", async () => {
    await using blocked = await blockedServer("127.0.0.2");
    const server = createServer().listen(blocked.port, "127.0.0.1");
    await once(server, "listening");
    const started = performance.now();
    const addresses = [v4("127.0.0.2"), v4("127.0.0.1")];
    expect(await dial(addresses, blocked.port, never, remote)).toBe("127.0.0.1");
    expect(performance.now() - started).toBeGreaterThanOrEqual(249);
    server.close();
  });

  it("an address that needs more than 250 ms is still used when the others fail", async () => {
    await using blocked = await blockedServer("127.0.0.2");
    const addresses = [v4("127.0.0.2"), v4("127.0.0.3")];
    const dialed = dial(addresses, blocked.port, never, remote);
    setTimeout(() => blocked.release(), 400);
    expect(await dialed).toBe("127.0.0.2");
  });

  it("fails with every answer when none connects", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, "close");
    const dialed = dial([v4("127.0.0.2"), v4("224.0.0.1")], port, never, remote);
    const error = await dialed.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DialFailure);
    // The second is refused by the system within the call, which is sooner or later than the first.
    const codes = (error as DialFailure).errors.map((each) => each.code);
    expect(new Set(codes)).toEqual(new Set(["ECONNREFUSED", "ENETUNREACH"]));
  });
});
