import { msgpack } from "@netloom/codec";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { transferFramer } from "../src/protocol.ts";
import type { TransferMessage } from "../src/protocol.ts";
import { run, serve } from "./fixtures/app-process.ts";
import { sha256, someBytes } from "./fixtures/bytes.ts";
import {
  frame,
  messagesIn,
  rawConnection,
  rawServer,
  received,
  sendRaw,
  tap,
} from "./fixtures/raw-peer.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

const digestOf = (bytes: Uint8Array): Uint8Array => Buffer.from(sha256(bytes), "hex");
const accept = (size: number): TransferMessage => ({ type: "accept", size, mtimeMs: 0 });
const data = (bytes: Uint8Array): TransferMessage => ({ type: "data", bytes });
const end = (bytes: Uint8Array): TransferMessage => ({ type: "end", sha256: digestOf(bytes) });
const abc = Buffer.from("abc");

/** A server that answers the first bytes with these messages, then ends or waits. */
function answering(bytes: Uint8Array, then: "end" | "wait" | "cut"): Promise<number> {
  return rawServer((socket) => {
    socket.once("data", () => {
      socket.write(bytes, () => {
        if (then === "end") socket.end();
        if (then === "cut") socket.resetAndDestroy();
      });
      socket.resume();
    });
  });
}

describe("a client does not believe a server", () => {
  it.each([
    [
      "that sends more than it said",
      [accept(3), data(abc), data(abc)],
      "more than the 3 bytes announced",
    ],
    [
      "that sends less than it said",
      [accept(4), data(abc), end(abc)],
      "3 bytes of the 4 announced",
    ],
    [
      "that has the wrong digest",
      [accept(3), data(abc), end(Buffer.from("abd"))],
      '"a" arrived damaged',
    ],
    ["that skips its answer", [data(abc), end(abc)], '"data" in place of "accept"'],
    [
      "that sends a list for a file",
      [accept(3), { type: "listed", complete: true, skipped: 0 }],
      '"listed" in place of data',
    ],
    ["that says done in the middle", [accept(3), { type: "done" }], '"done" in place of data'],
    ["that ends in the middle", [accept(3)], "the connection ended in the middle"],
    ["that ends at once", [], "the connection ended in the middle"],
    [
      "that gives up in the middle",
      [accept(3), { type: "error", code: "ERR_TRANSFER_STOPPED", text: "" }],
      "the other side was stopped in the middle",
    ],
    [
      "that answers in riddles",
      [{ type: "error", code: "ERR_MOON", text: "\u001b[2Jnew moon" }],
      "the other side gave up: \\x1b[2Jnew moon",
    ],
  ] as const)("%s", async (_, messages, text) => {
    const folder = await scratchFolder();
    const port = await answering(Buffer.concat(messages.map((message) => frame(message))), "end");
    const { status, stderr } = await run(["get", "a", "--port", String(port)], { cwd: folder });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^netloom-transfer: /);
    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(await namesIn(folder)).toEqual([]);
  });

  it.each([
    ["an HTTP server", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), 'looks like "HTTP"'],
    ["noise", Buffer.alloc(100, 0xff), "exceeds the limit of 1048576 bytes"],
    [
      "another version",
      transferFramer.encode(Uint8Array.of(2, ...msgpack().encode({ version: 7 }))),
      "version 7 of the protocol meets version 1",
    ],
    ["an unknown kind of message", transferFramer.encode(Uint8Array.of(99)), "a control message"],
    ["a frame cut short", Buffer.of(0, 0, 1, 0, 5), "the connection ended in the middle"],
  ])("that is %s", async (_, bytes, text) => {
    const folder = await scratchFolder();
    const port = await answering(bytes, "end");
    for (const args of [["get", "a"], ["list"]]) {
      const { status, stderr } = await run([...args, "--port", String(port)], { cwd: folder });
      expect(status).toBe(1);
      expect(stderr).toMatch(/^netloom-transfer: [^\n]+\n$/);
      expect(stderr).toContain(text);
    }
    expect(await namesIn(folder)).toEqual([]);
  });

  it("that lists names which lead elsewhere, or drive the terminal", async () => {
    for (const name of [
      "../../.ssh/authorized_keys",
      "/etc/passwd",
      "\u001b]0;title\u0007",
      "a\nb",
      "",
    ]) {
      const entries = [{ name, size: 1, mtimeMs: 0 }];
      const page = Buffer.concat([frame(accept(0)), frame({ type: "entries", entries })]);
      const port = await answering(page, "end");
      const { status, stdout, stderr } = await run(["list", "--port", String(port)]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain("a list with a name that is none");
    }
  });

  // The limit holds for connecting too, which takes its time on a busy machine.
  it("that says nothing, or stops in the middle of a file", async () => {
    const folder = await scratchFolder();
    for (const messages of [[], [accept(6), data(abc)]]) {
      const port = await answering(
        Buffer.concat(messages.map((message) => frame(message))),
        "wait",
      );
      const args = ["get", "a", "--timeout", "1500ms", "--port", String(port)];
      const { status, stderr } = await run(args, { cwd: folder });
      expect(status).toBe(1);
      expect(stderr).toContain("nothing moved for 1.5 s");
      expect(await namesIn(folder)).toEqual([]);
    }
  });

  it("that takes nothing of an upload", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "large"), new Uint8Array(32 * 1024 * 1024));
    const port = await rawServer((socket) => {
      socket.once("data", () => {
        socket.pause();
        socket.write(frame(accept(0)));
      });
    });
    const args = ["put", "large", "--timeout", "1500ms", "--port", String(port)];
    const { status, stderr } = await run(args, { cwd: folder });
    expect(status).toBe(1);
    expect(stderr).toContain("nothing moved for 1.5 s");
  });

  it("whose connection is cut in the middle", async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, "shared"));
    await writeFile(join(folder, "shared", "a.bin"), someBytes(2_000_000));
    const { port, untilRequests } = await serve(join(folder, "shared"), ["--allow-upload"]);
    const half = {
      toClient: (chunk: Buffer, offset: number) => (offset > 500_000 ? "cut" : chunk),
    } as const;
    const cut = await tap(port, half);
    const got = await run(["get", "a.bin", "--port", String(cut)], { cwd: folder });
    expect(got.status).toBe(1);
    expect(got.stderr).toContain("the connection ended in the middle; nothing was kept, try again");
    const back = await tap(port, { toServer: half.toClient });
    const put = await run(["put", "shared/a.bin", "--as", "b.bin", "--port", String(back)], {
      cwd: folder,
    });
    expect(put.status).toBe(1);
    expect(put.stderr).toContain("the connection ended in the middle");
    await untilRequests(2);
    expect(await namesIn(folder)).toEqual(["shared", "shared/a.bin"]);
  });

  it("when the bytes were changed on the way", async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, "shared"));
    await writeFile(join(folder, "shared", "a.bin"), someBytes(2_000_000));
    const { port, untilRequests } = await serve(join(folder, "shared"), ["--allow-upload"]);
    const flip = (chunk: Buffer, offset: number): Buffer => {
      const at = 100_000 - offset;
      if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 1;
      return chunk;
    };
    const toClient = await tap(port, { toClient: flip });
    const got = await run(["get", "a.bin", "--port", String(toClient)], { cwd: folder });
    expect(got.status).toBe(1);
    expect(got.stderr).toContain(
      '"a.bin" arrived damaged: its SHA-256 is not the sender\'s; nothing was kept',
    );
    const toServer = await tap(port, { toServer: flip });
    const put = await run(["put", "shared/a.bin", "--as", "b.bin", "--port", String(toServer)], {
      cwd: folder,
    });
    expect(put.status).toBe(1);
    expect(put.stderr).toContain('"b.bin" arrived damaged');
    // The server knows of both: the client tells it what it found.
    const events = await untilRequests(2);
    expect(events.map(({ code }) => code)).toEqual(["ERR_TRANSFER_DIGEST", "ERR_TRANSFER_DIGEST"]);
    expect(await namesIn(folder)).toEqual(["shared", "shared/a.bin"]);
  });
});

describe("a server survives a client", () => {
  const put = frame({ type: "request", op: "put", name: "new", size: 6, mtimeMs: 0 });
  const request = (body: unknown): Uint8Array =>
    transferFramer.encode(Uint8Array.of(1, ...msgpack().encode(body)));

  it.each([
    ["that speaks HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "ERR_TRANSFER_PROTOCOL"],
    ["that sends noise", someBytes(100_000), "ERR_TRANSFER_PROTOCOL"],
    ["that announces 4 GiB", Buffer.alloc(10, 0xff), "ERR_TRANSFER_PROTOCOL"],
    ["of another version", request({ version: 2, op: "get", name: "a" }), "ERR_TRANSFER_VERSION"],
    ["that begins with data", frame(data(abc)), "ERR_TRANSFER_PROTOCOL"],
    ["that asks for a method", request({ version: 1, op: "constructor" }), "ERR_TRANSFER_PROTOCOL"],
    [
      "that uploads a negative size",
      request({ version: 1, op: "put", name: "a", size: -1, mtimeMs: 0 }),
      "ERR_TRANSFER_PROTOCOL",
    ],
    [
      "that uploads the whole world",
      frame({ type: "request", op: "put", name: "a", size: Number.MAX_SAFE_INTEGER, mtimeMs: 0 }),
      "ERR_TRANSFER_TOO_LARGE",
    ],
  ])("%s", async (_, bytes, code) => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "a"), "a");
    const { port, at, untilRequests } = await serve(folder, ["--allow-upload"]);
    const answers = messagesIn(await sendRaw(port, bytes, true));
    expect(answers).toMatchObject([{ type: "error", code }]);
    expect(await untilRequests(1)).toMatchObject([{ code }]);
    expect(await run(["list", ...at])).toMatchObject({ status: 0 });
    expect(await namesIn(folder)).toEqual(["a"]);
  });

  it.each([
    ["that sends less than it said", [data(abc), end(abc)]],
    ["that sends more than it said", [data(abc), data(abc), data(abc)]],
    ["that has the wrong digest", [data(abc), data(abc), end(abc)]],
    ["that says it is done", [data(abc), { type: "done" }]],
    ["that gives up", [data(abc), { type: "error", code: "ERR_TRANSFER_STOPPED", text: "" }]],
    ["that ends in the middle", [data(abc)]],
    ["that never starts", []],
  ] as const)("%s, and keeps nothing of the upload", async (_, messages) => {
    const folder = await scratchFolder();
    const { port, untilRequests } = await serve(folder, ["--allow-upload"]);
    const answers = await sendRaw(
      port,
      Buffer.concat([put, ...messages.map((m) => frame(m))]),
      true,
    );
    expect(messagesIn(answers)[0]).toMatchObject({ type: "accept" });
    const [event] = await untilRequests(1);
    expect(event?.["code"]).toMatch(/^ERR_TRANSFER_(PROTOCOL|DIGEST|STOPPED|LOST)$/);
    expect(await namesIn(folder)).toEqual([]);
  });

  it("that resets the connection in the middle of an upload", async () => {
    const folder = await scratchFolder();
    const { port, untilRequests } = await serve(folder, ["--allow-upload"]);
    const socket = rawConnection(port);
    socket.write(put);
    await once(socket, "data");
    expect((await namesIn(folder)).length).toBe(1);
    socket.resetAndDestroy();
    expect(await untilRequests(1)).toMatchObject([{ code: "ERR_TRANSFER_LOST" }]);
    expect(await namesIn(folder)).toEqual([]);
  });

  it("that stalls: in its request, in an upload, in taking a file", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "large"), new Uint8Array(32 * 1024 * 1024));
    const { port, untilRequests } = await serve(folder, ["--allow-upload", "--timeout", "300ms"]);
    const half = rawConnection(port);
    half.write(put.subarray(0, 7));
    const upload = rawConnection(port);
    upload.write(Buffer.concat([put, frame(data(abc))]));
    const download: Socket = rawConnection(port);
    download.pause();
    download.write(frame({ type: "request", op: "get", name: "large" }));
    const answers = await Promise.all([received(half), received(upload)]);
    expect(answers.map((bytes) => messagesIn(bytes).at(-1))).toMatchObject([
      { type: "error", code: "ERR_TRANSFER_TIMEOUT" },
      { type: "error", code: "ERR_TRANSFER_TIMEOUT" },
    ]);
    const events = await untilRequests(3);
    expect(events.map(({ code }) => code)).toEqual(events.map(() => "ERR_TRANSFER_TIMEOUT"));
    expect(await namesIn(folder)).toEqual(["large"]);
  });

  it("that connects and leaves, of which it says nothing", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "a"), "a");
    const { port, at, app } = await serve(folder);
    await sendRaw(port, new Uint8Array(0), true);
    const reset = rawConnection(port);
    await once(reset, "connect");
    reset.resetAndDestroy();
    expect(await run(["get", "a", "-o", "b", ...at], { cwd: folder })).toMatchObject({ status: 0 });
    const { stdout } = await app.stop();
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(["listening", "request"]);
    expect(await readFile(join(folder, "b"), "utf8")).toBe("a");
  });
});
