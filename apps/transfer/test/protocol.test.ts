import { msgpack } from "@netloom/codec";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkBytes, pageEntries, transferCodec, transferFramer } from "../src/protocol.ts";
import type { TransferMessage } from "../src/protocol.ts";

const numRuns = process.env["NETLOOM_LONG"] ? 100_000 : 1_000;

const file = { name: "a/报告.pdf", size: 5_000_000_000, mtimeMs: -1 };

const messages: TransferMessage[] = [
  { type: "request", op: "list" },
  { type: "request", op: "get", name: "../x" },
  { type: "request", op: "get", name: "" },
  { type: "request", op: "put", ...file },
  { type: "accept", size: 0, mtimeMs: 0 },
  { type: "accept", size: Number.MAX_SAFE_INTEGER, mtimeMs: 1_790_000_000_000 },
  { type: "error", code: "ERR_TRANSFER_NAME", text: "no", limit: undefined },
  { type: "error", code: "ERR_TRANSFER_TOO_LARGE", text: "", limit: 4096 },
  { type: "entries", entries: [file, { ...file, size: 0 }] },
  { type: "data", bytes: Uint8Array.of(1, 2, 3) },
  { type: "data", bytes: new Uint8Array(chunkBytes).fill(7) },
  { type: "end", sha256: new Uint8Array(32).fill(9) },
  { type: "done" },
  { type: "listed", complete: false, skipped: 3 },
];

/** Bytes of a message that no program of ours sends. */
function forged(kind: number, body: unknown): Uint8Array {
  const packed = msgpack().encode(body);
  return Uint8Array.of(kind, ...packed);
}

const request = { version: 1, op: "get", name: "a" };
const put = { version: 1, op: "put", name: "a", size: 1, mtimeMs: 1 };

describe("transferCodec", () => {
  it.each(messages.map((message) => [message.type, message] as const))(
    "brings back %s",
    (_, message) => {
      const bytes = transferCodec.encode(message);
      const back = transferCodec.decode(bytes);
      if (message.type === "data" && back.type === "data") {
        expect(Buffer.compare(back.bytes, message.bytes)).toBe(0);
      } else expect(back).toEqual(message);
    },
  );

  it("starts a request with its kind, and says the version in it", () => {
    const bytes = transferCodec.encode({ type: "request", op: "list" });
    expect(bytes[0]).toBe(1);
    expect(msgpack().decode(bytes.subarray(1))).toEqual({ version: 1, op: "list" });
  });

  it("ignores fields that a later version may add", () => {
    const message = transferCodec.decode(forged(1, { ...request, offset: 7, hash: "blake3" }));
    expect(message).toEqual({ type: "request", op: "get", name: "a" });
  });

  it("reads integers that another program wrote in 64 bits", () => {
    const message = transferCodec.decode(forged(2, { version: 1n, size: 2n ** 40n, mtimeMs: -5n }));
    expect(message).toEqual({ type: "accept", size: 2 ** 40, mtimeMs: -5 });
  });

  it("keeps data when the decoder's buffer is used again", () => {
    const bytes = Uint8Array.of(5, 1, 2);
    const message = transferCodec.decode(bytes);
    bytes.fill(0);
    expect(message).toEqual({ type: "data", bytes: Uint8Array.of(1, 2) });
  });

  it("refuses another version by its number", () => {
    for (const kind of [1, 2]) {
      expect(() => transferCodec.decode(forged(kind, { ...put, version: 2 }))).toThrow(
        expect.objectContaining({ code: "ERR_TRANSFER_VERSION" }),
      );
    }
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["an unknown kind", forged(9, {})],
    ["a kind of 0", forged(0, {})],
    ["no body", Uint8Array.of(1)],
    ["no MessagePack", Uint8Array.of(1, 0xc1)],
    ["bytes after the message", Uint8Array.of(...forged(7, {}), 0)],
    ["an array", forged(1, [1, "list"])],
    ["nil", forged(7, null)],
    ["a number", forged(3, 5)],
    ["no version", forged(1, { op: "list" })],
    ["a version that is text", forged(1, { version: "1", op: "list" })],
    ["no operation", forged(1, { version: 1 })],
    ["an unknown operation", forged(1, { version: 1, op: "delete" })],
    ["an operation named as a method", forged(1, { version: 1, op: "toString" })],
    ["no name", forged(1, { version: 1, op: "get" })],
    ["a name of bytes", forged(1, { ...request, name: new Uint8Array(3) })],
    ["a name without end", forged(1, { ...request, name: "x".repeat(5_000) })],
    ["a negative size", forged(1, { ...put, size: -1 })],
    ["half a byte", forged(1, { ...put, size: 0.5 })],
    ["an endless size", forged(1, { ...put, size: Number.POSITIVE_INFINITY })],
    ["a size that is no number", forged(1, { ...put, size: Number.NaN })],
    ["a size beyond exactness", forged(1, { ...put, size: 2 ** 53 })],
    ["a size of 64 bits", forged(1, { ...put, size: 2n ** 63n })],
    ["a time beyond every calendar", forged(1, { ...put, mtimeMs: 8.64e15 + 1 })],
    ["a time that is a Date", forged(1, { ...put, mtimeMs: new Date(0) })],
    ["empty data", Uint8Array.of(5)],
    ["too much data", new Uint8Array(1 + chunkBytes + 1).fill(5)],
    ["a short digest", forged(6, { sha256: new Uint8Array(31) })],
    ["a digest as text", forged(6, { sha256: "a".repeat(32) })],
    ["an empty page", forged(4, { entries: [] })],
    [
      "a page with too many",
      forged(4, { entries: Array.from({ length: pageEntries + 1 }, () => file) }),
    ],
    ["a page of names alone", forged(4, { entries: ["a"] })],
    ["a page that is a map", forged(4, { entries: { 0: file, length: 1 } })],
    ["an error without a code", forged(3, { text: "no" })],
    ["an error with an endless text", forged(3, { code: "X", text: "x".repeat(2_000) })],
    ["an error with a bad limit", forged(3, { code: "X", text: "", limit: -1 })],
    ["a list end without its fields", forged(8, {})],
    ["a list end that says yes", forged(8, { complete: 1, skipped: 0 })],
  ])("refuses %s", (_, bytes) => {
    expect(() => transferCodec.decode(bytes)).toThrow(
      expect.objectContaining({ name: "TransferError", code: "ERR_TRANSFER_PROTOCOL" }),
    );
  });

  it("throws nothing but its own error, whatever arrives", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.object({ maxDepth: 3 })).map(([kind, body]) =>
        // What MessagePack cannot carry is left out, as JSON does.
        forged(kind, JSON.parse(JSON.stringify(body).replaceAll("__proto__", "proto"))),
      ),
    );
    fc.assert(
      fc.property(bytes, (bytes) => {
        try {
          transferCodec.decode(bytes);
        } catch (error) {
          expect(error).toMatchObject({
            name: "TransferError",
            code: expect.stringMatching(/^ERR_TRANSFER_(PROTOCOL|VERSION)$/),
          });
        }
      }),
      { numRuns },
    );
  });
});

describe("transferFramer", () => {
  it("carries every message that the protocol has, and no more than 1 MiB", () => {
    const name = "字".repeat(341);
    const entries = Array.from({ length: pageEntries }, () => ({ ...file, name }));
    for (const message of [
      { type: "data", bytes: new Uint8Array(chunkBytes) },
      { type: "entries", entries },
    ] as const) {
      const payload = transferCodec.encode(message);
      const frame = transferFramer.encode(payload);
      expect(frame.length).toBe(4 + payload.length);
      expect(transferCodec.decode(frame.subarray(4)).type).toBe(message.type);
    }
    expect(() => transferFramer.encode(new Uint8Array(1024 * 1024 + 1))).toThrow();
  });
});
