import type { ByteStream } from "@netloom/framing";
import { memoryPair } from "@netloom/testing";
import { expect, it } from "vitest";
import { TransferError } from "../src/errors.ts";
import { transferCodec, transferFramer } from "../src/protocol.ts";
import type { TransferMessage } from "../src/protocol.ts";
import { Session } from "../src/session.ts";

const timeoutMs = 10_000;

function sessionAndPeer(limitMs = timeoutMs): { session: Session; peer: ByteStream } {
  const [stream, peer] = memoryPair();
  return { session: new Session(stream, { timeoutMs: limitMs, subject: "a.txt" }), peer };
}

function frame(message: TransferMessage): Uint8Array {
  return transferFramer.encode(transferCodec.encode(message));
}

async function readMessages(peer: ByteStream): Promise<TransferMessage[]> {
  const decoder = transferFramer.decoder();
  const messages: TransferMessage[] = [];
  for await (const chunk of peer) {
    decoder.push(chunk, (buffer, start, end) => {
      messages.push(transferCodec.decode(buffer.subarray(start, end)));
    });
  }
  return messages;
}

async function readMessagesAndEnd(peer: ByteStream): Promise<TransferMessage[]> {
  const messages = await readMessages(peer);
  await peer.end();
  return messages;
}

it("moves messages both ways", async () => {
  const { session, peer } = sessionAndPeer();
  await session.send({ type: "done" });
  await peer.write(frame({ type: "accept", size: 1, mtimeMs: 2 }));
  await peer.write(frame({ type: "done" }));
  expect(await session.expect("accept")).toEqual({ type: "accept", size: 1, mtimeMs: 2 });
  expect(await session.receive()).toEqual({ type: "done" });
  await session.close();
  expect(await readMessages(peer)).toEqual([{ type: "done" }]);
});

it("rejects with the peer's error, told in our words", async () => {
  const { session, peer } = sessionAndPeer();
  await peer.write(frame({ type: "error", code: "ERR_TRANSFER_NOT_FOUND", text: "gibberish" }));
  const error: unknown = await session.receive().catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "ERR_TRANSFER_NOT_FOUND", remote: true });
  expect((error as TransferError).text.en).toContain('no file "a.txt" on the server');
  expect((error as TransferError).text.zh).toContain("“a.txt”");
  await session.fail(error);
  // The peer knows its own error: it is told nothing.
  expect(await readMessages(peer)).toEqual([]);
});

it("takes an error code that it does not know for a failure, with the peer's words", async () => {
  for (const code of ["ERR_TRANSFER_FROM_THE_FUTURE", "toString", "ERR_TRANSFER_ABORTED"]) {
    const { session, peer } = sessionAndPeer();
    await peer.write(frame({ type: "error", code, text: "moon phase" }));
    await expect(session.receive()).rejects.toMatchObject({
      code: "ERR_TRANSFER_FAILED",
      message: "the other side gave up: moon phase",
    });
    await session.close();
  }
});

it("rejects a message of another type than expected", async () => {
  const { session, peer } = sessionAndPeer();
  await peer.write(frame({ type: "done" }));
  await expect(session.expect("accept")).rejects.toMatchObject({ code: "ERR_TRANSFER_PROTOCOL" });
  await session.close();
});

it("takes the end, in the middle of a frame or not, for a lost connection", async () => {
  for (const bytes of [new Uint8Array(0), frame({ type: "done" }).subarray(0, 3)]) {
    const { session, peer } = sessionAndPeer();
    await peer.write(bytes);
    await peer.end();
    await expect(session.receive()).rejects.toMatchObject({ code: "ERR_TRANSFER_LOST" });
    await session.close();
  }
});

it("takes a broken connection for a lost one", async () => {
  const { session, peer } = sessionAndPeer();
  const received = session.receive();
  peer.destroy();
  await expect(received).rejects.toMatchObject({
    code: "ERR_TRANSFER_LOST",
    cause: { name: "TestingError" },
  });
  await session.fail(await received.catch((error: unknown) => error));
});

it("calls bytes that are no frames what they are", async () => {
  const { session, peer } = sessionAndPeer();
  await peer.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  await expect(session.receive()).rejects.toMatchObject({
    code: "ERR_TRANSFER_PROTOCOL",
    message: expect.stringContaining("GET "),
  });
  await session.close();
});

it("gives up on a peer that does not move, and tells it", async () => {
  const { session, peer } = sessionAndPeer(20);
  const error: unknown = await session.receive().catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "ERR_TRANSFER_TIMEOUT", remote: false });
  const told = readMessagesAndEnd(peer);
  await session.fail(error);
  expect(await told).toMatchObject([{ type: "error", code: "ERR_TRANSFER_TIMEOUT" }]);
});

it("gives up on a peer that takes nothing", async () => {
  const { session } = sessionAndPeer(20);
  const bytes = new Uint8Array(100_000);
  const sent = (async () => {
    for (;;) await session.send({ type: "data", bytes });
  })();
  await expect(sent).rejects.toMatchObject({ code: "ERR_TRANSFER_TIMEOUT" });
  await session.fail(new TransferError("ERR_TRANSFER_STOPPED", { en: "stop", zh: "停" }));
});

it("is interrupted in whatever waits, and for whatever comes later", async () => {
  const { session, peer } = sessionAndPeer();
  const received = session.receive();
  const stop = new TransferError("ERR_TRANSFER_ABORTED", { en: "aborted", zh: "中止" });
  session.interrupt(stop);
  session.interrupt(new TransferError("ERR_TRANSFER_FAILED", { en: "later", zh: "后来" }));
  await expect(received).rejects.toBe(stop);
  await expect(session.receive()).rejects.toBe(stop);
  await expect(session.send({ type: "done" })).rejects.toBe(stop);
  const told = readMessagesAndEnd(peer);
  await session.fail(stop);
  // An abort is our own affair: to the peer, this side was stopped.
  expect(await told).toMatchObject([{ type: "error", code: "ERR_TRANSFER_STOPPED" }]);
});

it("takes in what is on its way when it tells why it fails", async () => {
  const { session, peer } = sessionAndPeer();
  const told = readMessages(peer);
  const flood = (async () => {
    for (let count = 0; count < 50; count++) {
      await peer.write(frame({ type: "data", bytes: new Uint8Array(50_000) }));
    }
    await peer.end();
  })();
  await session.fail(new TransferError("ERR_TRANSFER_EXISTS", { en: "there", zh: "已有" }));
  await flood;
  expect(await told).toMatchObject([{ type: "error", code: "ERR_TRANSFER_EXISTS", text: "there" }]);
});

it("tells the peer nothing of paths on this machine", async () => {
  const { session, peer } = sessionAndPeer();
  const told = readMessagesAndEnd(peer);
  const system = Object.assign(new Error("ENOSPC, write '/home/kim/x'"), { code: "ENOSPC" });
  await session.fail(system);
  const [error] = await told;
  expect(error).toMatchObject({ type: "error", code: "ERR_TRANSFER_NO_SPACE" });
  expect(JSON.stringify(error)).not.toContain("kim");
});
