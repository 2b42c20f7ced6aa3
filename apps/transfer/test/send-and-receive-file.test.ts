import { appendFile, open, readFile, truncate, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { memoryPair } from "@netloom/testing";
import { expect, it, onTestFinished } from "vitest";
import { PartFile } from "../src/part-file.ts";
import { chunkBytes } from "../src/protocol.ts";
import { receiveFile } from "../src/receive-file.ts";
import { sendFile } from "../src/send-file.ts";
import { Session } from "../src/session.ts";
import { sha256, someBytes } from "./fixtures/bytes.ts";
import { scratchFolder } from "./fixtures/scratch.ts";

interface Scene {
  readonly handle: FileHandle;
  readonly source: string;
  readonly part: PartFile;
  readonly sender: Session;
  readonly receiver: Session;
}

/** A file at one end, an empty part file at the other, and a connection between. */
async function scene(content: Uint8Array): Promise<Scene> {
  const folder = await scratchFolder();
  const source = join(folder, "source");
  await writeFile(source, content);
  const handle = await open(source);
  const part = await PartFile.create(folder);
  onTestFinished(async () => {
    await handle.close();
    await part.discard();
  });
  const [left, right] = memoryPair();
  const options = { timeoutMs: 10_000, subject: "a.txt" };
  return {
    handle,
    source,
    part,
    sender: new Session(left, options),
    receiver: new Session(right, options),
  };
}

/** A promise whose rejection is looked at later. */
function later<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

const sizes = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 1_234_567];

it.each(sizes)("moves %i bytes, with the digest known at both ends", async (size) => {
  const content = someBytes(size);
  const { handle, part, sender, receiver } = await scene(content);
  const seen: Record<string, number[]> = { sent: [], received: [] };
  const received = receiveFile(receiver, {
    part,
    size,
    onProgress: (done) => seen["received"]?.push(done),
  }).then(async (digest) => {
    await receiver.send({ type: "done" });
    return digest;
  });
  const sent = await sendFile(sender, {
    handle,
    size,
    onProgress: (done, total) => {
      expect(total).toBe(size);
      seen["sent"]?.push(done);
    },
  });
  expect(sent).toBe(sha256(content));
  expect(await received).toBe(sent);
  expect(Buffer.compare(await readFile(part.path), content)).toBe(0);
  const steps = Array.from({ length: Math.ceil(size / chunkBytes) }, (_, index) =>
    Math.min(size, (index + 1) * chunkBytes),
  );
  expect(seen).toEqual({ sent: steps, received: steps });
  await Promise.all([sender.close(), receiver.close()]);
});

it("refuses bytes that are not those of the digest", async () => {
  const { part, sender, receiver } = await scene(new Uint8Array(0));
  const received = later(receiveFile(receiver, { part, size: 3 }));
  await sender.send({ type: "data", bytes: Uint8Array.of(1, 2, 3) });
  await sender.send({ type: "end", sha256: Buffer.from(sha256(Uint8Array.of(1, 2, 4)), "hex") });
  await expect(received).rejects.toMatchObject({ code: "ERR_TRANSFER_DIGEST" });
});

it("writes no byte more than was announced", async () => {
  const { part, sender, receiver } = await scene(new Uint8Array(0));
  const received = later(receiveFile(receiver, { part, size: 3 }));
  await sender.send({ type: "data", bytes: Uint8Array.of(1, 2, 3) });
  await sender.send({ type: "data", bytes: Uint8Array.of(4) });
  await expect(received).rejects.toMatchObject({ code: "ERR_TRANSFER_PROTOCOL" });
  expect(part.size).toBe(3);
});

it("refuses fewer bytes than were announced", async () => {
  const { part, sender, receiver } = await scene(new Uint8Array(0));
  const received = later(receiveFile(receiver, { part, size: 3 }));
  await sender.send({ type: "data", bytes: Uint8Array.of(1, 2) });
  await sender.send({ type: "end", sha256: Buffer.from(sha256(Uint8Array.of(1, 2)), "hex") });
  await expect(received).rejects.toMatchObject({ code: "ERR_TRANSFER_PROTOCOL" });
});

it("says that the file is not what was announced", async () => {
  const { handle, source, sender } = await scene(someBytes(100));
  await appendFile(source, "more");
  await expect(sendFile(sender, { handle, size: 100 })).rejects.toMatchObject({
    code: "ERR_TRANSFER_CHANGED",
  });
});

it.each([
  ["shrinks", (source: string) => truncate(source, chunkBytes)],
  ["grows", (source: string) => appendFile(source, "more")],
])("says that the file %s while it is sent", async (_, change) => {
  const size = 20 * chunkBytes;
  const { handle, source, part, sender, receiver } = await scene(someBytes(size));
  // The receiver starts once the file has changed: most of it has not been read by then.
  const sent = later(sendFile(sender, { handle, size }));
  await change(source);
  const received = later(receiveFile(receiver, { part, size }));
  await expect(sent).rejects.toMatchObject({ code: "ERR_TRANSFER_CHANGED" });
  await sender.fail(await sent.catch((error: unknown) => error));
  await expect(received).rejects.toMatchObject({ code: "ERR_TRANSFER_CHANGED", remote: true });
});

it("stops sending when the receiver gives up in the middle, for the receiver's reason", async () => {
  const size = 40 * chunkBytes;
  const { handle, sender, receiver } = await scene(someBytes(size));
  let done = 0;
  const sent = later(sendFile(sender, { handle, size, onProgress: (now) => (done = now) }));
  await receiver.receive();
  const failed = receiver.fail(Object.assign(new Error("full"), { code: "ENOSPC" }));
  await expect(sent).rejects.toMatchObject({ code: "ERR_TRANSFER_NO_SPACE", remote: true });
  expect(done).toBeLessThan(size);
  await sender.fail(await sent.catch((error: unknown) => error));
  await failed;
});

it("does not believe a receiver that has it all before it was sent", async () => {
  const size = 40 * chunkBytes;
  const { handle, sender, receiver } = await scene(someBytes(size));
  await receiver.send({ type: "done" });
  const drain = async (): Promise<never> => {
    for (;;) await receiver.receive();
  };
  const drained = later(drain());
  const sent = later(sendFile(sender, { handle, size }));
  await expect(sent).rejects.toMatchObject({ code: "ERR_TRANSFER_PROTOCOL" });
  await sender.fail(await sent.catch((error: unknown) => error));
  await expect(drained).rejects.toMatchObject({ code: "ERR_TRANSFER_PROTOCOL", remote: true });
});
