import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { connect, type TcpError } from "@netloom/tcp";
import { SocketListener } from "../src/socket-listener.ts";
import { socketOptions } from "../src/socket-connection.ts";
import { readText } from "./peers.ts";

it("an error of accepting goes to onError, and accepting goes on", async () => {
  const server = createServer(socketOptions).listen(0, "127.0.0.1");
  await once(server, "listening");
  const errors: unknown[] = [];
  await using listener = new SocketListener(server, {
    maxConnections: 1,
    idleTimeoutMs: Infinity,
    writeBufferBytes: 1,
    handler: async () => {},
    onError: (error) => errors.push(error),
  });
  // No system can be made to fail here on demand; node:net reports it by this event.
  const cause = Object.assign(new Error("accept ENOBUFS"), { code: "ENOBUFS" });
  server.emit("error", cause);
  expect(errors).toHaveLength(1);
  expect(errors[0] as TcpError).toMatchObject({
    code: "ERR_TCP_LIMIT",
    message: `cannot accept on 127.0.0.1:${listener.port}: no buffer space (ENOBUFS)`,
    cause,
  });
  await using client = await connect({ port: listener.port });
  expect(await readText(client)).toBe("");
});
