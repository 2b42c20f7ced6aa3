import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, it } from "vitest";
import { DgramSocket } from "../src/dgram-socket.ts";
import { failure } from "./failure.ts";
import { bytes, receiveTexts } from "./peers.ts";

it("an error of receiving is thrown once, and the socket stays open", async () => {
  const bare = createSocket("udp4");
  bare.bind(0, "127.0.0.1");
  await once(bare, "listening");
  await using socket = new DgramSocket(bare, { maxQueued: 10, maxPendingSends: 10 });
  // No system can be made to fail here on demand; node:dgram reports it by this event.
  const cause = Object.assign(new Error("recvmsg ENOMEM"), { code: "ENOMEM" });

  bare.emit("error", cause);
  const error = await failure(socket[Symbol.asyncIterator]().next());
  expect(error).toMatchObject({
    code: "ERR_UDP_LIMIT",
    message: `cannot receive on 127.0.0.1:${socket.address.port}: out of memory (ENOMEM)`,
    cause,
  });

  const waiting = failure(socket[Symbol.asyncIterator]().next());
  bare.emit("error", cause);
  expect((await waiting).code).toBe("ERR_UDP_LIMIT");

  await socket.send(bytes("alive"), socket.address);
  expect(await receiveTexts(socket, 1)).toEqual(["alive"]);
});
