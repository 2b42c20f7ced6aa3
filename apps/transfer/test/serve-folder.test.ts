import { getEventListeners, once } from "node:events";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getFile, listFolder, putFile, serveFolder, TransferError } from "@netloom/transfer";
import type { ServeFolderOptions, TransferEvent } from "@netloom/transfer";
import { describe, expect, it, onTestFinished } from "vitest";
import { sha256, someBytes } from "./fixtures/bytes.ts";
import {
  frame,
  messagesIn,
  rawConnection,
  rawServer,
  received,
  sendRaw,
} from "./fixtures/raw-peer.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

interface Scene {
  readonly folder: string;
  readonly shared: string;
  readonly port: number;
  readonly events: TransferEvent[];
  readonly close: () => Promise<void>;
}

/** A shared folder with one file, and a server that ends with the test. */
async function scene(options: Partial<ServeFolderOptions> = {}): Promise<Scene> {
  const folder = await scratchFolder();
  const shared = join(folder, "shared");
  await mkdir(shared);
  await writeFile(join(shared, "a.txt"), "warp");
  const events: TransferEvent[] = [];
  const onEvent = (event: TransferEvent): void => void events.push(event);
  const server = await serveFolder({ folder: shared, port: 0, graceMs: 0, onEvent, ...options });
  onTestFinished(() => server.close());
  return { folder, shared, port: server.port, events, close: () => server.close() };
}

describe("serveFolder", () => {
  it("says where it listens and what it shares", async () => {
    const folder = await scratchFolder();
    await using server = await serveFolder({ folder, port: 0 });
    expect(server).toMatchObject({ folder, host: "127.0.0.1" });
    expect(server.port).toBeGreaterThan(0);
  });

  it("tells of each request", async () => {
    const { folder, port, events, close } = await scene({ allowUpload: true });
    const output = join(folder, "b.txt");
    await getFile({ port, name: "a.txt", output });
    await putFile({ port, file: output });
    await listFolder({ port });
    await expect(getFile({ port, name: "../a.txt" })).rejects.toThrow(TransferError);
    await close();
    const digest = sha256(Buffer.from("warp"));
    const peer = expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string;
    const ms = expect.any(Number) as number;
    const told = { type: "request", peer, ms } as const;
    expect(events).toEqual([
      { ...told, op: "get", name: "a.txt", size: 4, sha256: digest },
      { ...told, op: "put", name: "b.txt", size: 4, sha256: digest },
      { ...told, op: "list", size: 2 },
      { ...told, op: "get", name: "../a.txt", error: expect.any(TransferError) as TransferError },
    ]);
  });

  it.each([
    { port: -1 },
    { port: 65_536 },
    { maxConnections: 0 },
    { maxUploadBytes: -1 },
    { maxUploadBytes: 0.5 },
    { maxListEntries: 0 },
    { maxListEntries: 100_001 },
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { graceMs: -1 },
  ])("refuses %j", async (options) => {
    const folder = await scratchFolder();
    await expect(serveFolder({ folder, port: 0, ...options })).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_(TRANSFER|TCP)_OPTION$/) as string,
    });
  });

  it("turns away one client more than it may have", async () => {
    const { folder, port } = await scene({ maxConnections: 1 });
    const first = rawConnection(port);
    first.write(frame({ type: "request", op: "list" }).subarray(0, 3));
    await once(first, "connect");
    const turnedAway = {
      code: expect.stringMatching(/^ERR_(TRANSFER_LOST|TCP_BROKEN)$/) as string,
    };
    await expect(listFolder({ port })).rejects.toMatchObject(turnedAway);
    first.destroy();
    await once(first, "close");
    // The server hears of it a moment later.
    const output = join(folder, "out");
    for (let got = false; !got;) {
      got = await getFile({ port, name: "a.txt", output }).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject(turnedAway);
          return false;
        },
      );
    }
  });

  it("stops a list where its limit is", async () => {
    const { shared, port } = await scene({ maxListEntries: 3 });
    for (const name of ["b", "c", "d", "e"]) await writeFile(join(shared, name), "");
    const { entries, complete } = await listFolder({ port });
    expect(entries).toHaveLength(3);
    expect(complete).toBe(false);
  });

  it("lists an empty folder, and a folder that is gone as a failure", async () => {
    const { shared, port } = await scene();
    await rm(join(shared, "a.txt"));
    expect(await listFolder({ port })).toEqual({ entries: [], complete: true, skipped: 0 });
    await rm(shared, { recursive: true });
    await expect(listFolder({ port })).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_FOUND" });
  });

  it("tells who is in the middle that it was stopped, at once without grace", async () => {
    const { shared, port, events, close } = await scene({ allowUpload: true });
    const socket = rawConnection(port);
    const answers = received(socket);
    socket.write(frame({ type: "request", op: "put", name: "b", size: 9, mtimeMs: 0 }));
    await once(socket, "data");
    await Promise.all([close(), close()]);
    expect(messagesIn(await answers)).toMatchObject([
      { type: "accept" },
      { type: "error", code: "ERR_TRANSFER_STOPPED" },
    ]);
    expect(events).toMatchObject([{ op: "put", error: { code: "ERR_TRANSFER_STOPPED" } }]);
    expect(await namesIn(shared)).toEqual(["a.txt"]);
  });

  it("answers one request on a connection, and takes no second one", async () => {
    const { port } = await scene();
    const twice = Buffer.concat([
      frame({ type: "request", op: "get", name: "a.txt" }),
      frame({ type: "request", op: "list" }),
    ]);
    const answers = messagesIn(await sendRaw(port, twice, true));
    expect(answers[0]).toMatchObject({ type: "accept" });
    expect(answers.at(-1)).toMatchObject({ type: "error", code: "ERR_TRANSFER_PROTOCOL" });
  });
});

describe("a client", () => {
  it("knows the size before the bytes, and tells progress up to it", async () => {
    const { folder, shared, port } = await scene({ allowUpload: true });
    await writeFile(join(shared, "b"), someBytes(600_000));
    const seen: number[][] = [];
    const onProgress = (done: number, total: number): void => void seen.push([done, total]);
    await getFile({ port, name: "b", output: join(folder, "b"), onProgress });
    expect(seen).toEqual([
      [0, 600_000],
      [262_144, 600_000],
      [524_288, 600_000],
      [600_000, 600_000],
    ]);
    seen.length = 0;
    await putFile({ port, file: join(folder, "b"), name: "c", onProgress });
    expect(seen.at(0)).toEqual([0, 600_000]);
    expect(seen.at(-1)).toEqual([600_000, 600_000]);
  });

  it("is aborted before, while connecting, and in the middle; the reason is kept", async () => {
    const folder = await scratchFolder();
    const output = join(folder, "out");
    const reason = new Error("changed my mind");
    const aborted = { code: "ERR_TRANSFER_ABORTED", cause: reason };
    await expect(
      getFile({ port: 9, name: "a", output, signal: AbortSignal.abort(reason) }),
    ).rejects.toMatchObject(aborted);

    for (const answer of [new Uint8Array(0), frame({ type: "accept", size: 9, mtimeMs: 0 })]) {
      const controller = new AbortController();
      const port = await rawServer((socket) => {
        socket.on("data", () => {
          socket.write(answer, () => {
            if (answer.length === 0) controller.abort(reason);
          });
        });
      });
      const { signal } = controller;
      const onProgress = (): void => controller.abort(reason);
      await expect(getFile({ port, name: "a", output, signal, onProgress })).rejects.toMatchObject(
        aborted,
      );
    }
    expect(await namesIn(folder)).toEqual([]);
  });

  it("leaves no listener on a signal that lives on", async () => {
    const { folder, port } = await scene();
    const { signal } = new AbortController();
    await getFile({ port, name: "a.txt", output: join(folder, "out"), signal });
    await expect(getFile({ port, name: "b", output: join(folder, "b"), signal })).rejects.toThrow();
    await listFolder({ port, signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("passes on what tcp says when there is no server", async () => {
    const { port, close } = await scene();
    await close();
    await expect(listFolder({ port })).rejects.toMatchObject({ code: "ERR_TCP_REFUSED" });
  });

  it("refuses a time limit that is none", async () => {
    await expect(listFolder({ timeoutMs: -1 })).rejects.toMatchObject({
      code: "ERR_TRANSFER_OPTION",
    });
  });

  it("saves under the file's own name, without its folders, in the current one", async () => {
    const { folder, shared, port } = await scene();
    await mkdir(join(shared, "sub"));
    await writeFile(join(shared, "sub", "deep.txt"), "deep");
    const before = process.cwd();
    // Forks are the pool of these tests, so the current folder is ours to change.
    process.chdir(folder);
    try {
      const { file } = await getFile({ port, name: "sub/deep.txt" });
      expect(file).toBe(join(folder, "deep.txt"));
      expect(await readFile(file, "utf8")).toBe("deep");
    } finally {
      process.chdir(before);
    }
  });

  it("keeps the file when the server is gone before it could be thanked", async () => {
    const folder = await scratchFolder();
    const output = join(folder, "a");
    const bytes = Buffer.from("all of it");
    const port = await rawServer((socket) => {
      socket.once("data", () => {
        socket.write(frame({ type: "accept", size: bytes.length, mtimeMs: 0 }));
        socket.write(frame({ type: "data", bytes }));
        socket.end(frame({ type: "end", sha256: Buffer.from(sha256(bytes), "hex") }), () =>
          socket.destroy(),
        );
      });
    });
    await getFile({ port, name: "a", output });
    expect(await readFile(output, "utf8")).toBe("all of it");
  });

  it("does not send what it may not read", async () => {
    const folder = await scratchFolder();
    await expect(putFile({ file: join(folder, "nothing") })).rejects.toMatchObject({
      code: "ERR_TRANSFER_NOT_FOUND",
      cause: { code: "ENOENT" },
    });
    await expect(putFile({ file: folder })).rejects.toMatchObject({
      code: "ERR_TRANSFER_NOT_A_FILE",
    });
  });

  it.runIf(process.getuid?.() !== 0)("is told of files that the server may not read", async () => {
    const { folder, shared, port } = await scene();
    await chmod(join(shared, "a.txt"), 0);
    await expect(
      getFile({ port, name: "a.txt", output: join(folder, "out") }),
    ).rejects.toMatchObject({ code: "ERR_TRANSFER_DENIED", remote: true });
  });
});
