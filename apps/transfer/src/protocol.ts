// The protocol of netloom-transfer, version 1.
//
// Frames: a length of 4 bytes, big-endian, then that many bytes (`lengthPrefixed`), at most 1 MiB.
// A frame is one message: one byte that says its kind, then its body: MessagePack for control
// messages, the plain bytes of the file for data.
//
//   kind  name     body
//   1     request  {version, op: "list"} | {version, op: "get", name}
//                  | {version, op: "put", name, size, mtimeMs}
//   2     accept   {version, size, mtimeMs}: size and mtimeMs are those of the file of a "get", else 0
//   3     error    {code, text, limit?}: the last message of whoever sends it
//   4     entries  {entries: [{name, size, mtimeMs}, …]}: a page of a list, 1 to 256 files
//   5     data     1 to 262,144 bytes of the file
//   6     end      {sha256}: the digest of all bytes of the file, 32 bytes
//   7     done     {}: the receiver has checked the digest and keeps the file
//   8     listed   {complete, skipped}: the end of a list, of at most 100,000 files
//
// One connection carries one request, then both sides end it:
//
//   list   → request            ← accept, entries …, listed
//   get    → request            ← accept, data …, end        → done
//   put    → request            ← accept   → data …, end     ← done
//
// In place of any message a side may send an error; it then takes in what still arrives until the
// peer ends too, so that the error is not lost to a reset. Whoever sends data watches for one.
//
// Room to grow: fields that a receiver does not know are ignored, and an answer repeats what it
// understood. So a later request may say `offset`, and a server that can resume will repeat it in
// its accept, while one that cannot sends the file from its beginning, as it was told to by version
// 1. The digest is always that of the whole file. Another version is refused by its number.
import { msgpack } from "@netloom/codec";
import type { Codec } from "@netloom/codec";
import { lengthPrefixed } from "@netloom/framing";
import type { Framer } from "@netloom/framing";
import { MessageFields, protocolError } from "./message-fields.ts";
import { maxNameBytes } from "./names.ts";
import { TransferError } from "./errors.ts";

/** The version that this package speaks. */
export const protocolVersion = 1;
/** Bytes of a file in one message, at most. */
export const chunkBytes: number = 256 * 1024;
/** Files in one page of a list, at most. */
export const pageEntries = 256;
/** Files in a whole list, at most: what a client keeps of it has to have an end. */
export const maxListedFiles = 100_000;

// More than a name may have: a name that is too long is refused by its rule, which says so.
const requestNameBytes = 4 * maxNameBytes;

/** One file of a list. */
export interface FileEntry {
  /** Relative, with `/`, as `parseName` allows it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Time of the last change, milliseconds since 1970 (whole). */
  readonly mtimeMs: number;
}

/** What a client asks for. */
export type TransferRequest =
  | { readonly type: "request"; readonly op: "list" }
  | { readonly type: "request"; readonly op: "get"; readonly name: string }
  | ({ readonly type: "request"; readonly op: "put" } & FileEntry);

/** What travels; see the top of this file. */
export type TransferMessage =
  | TransferRequest
  | { readonly type: "accept"; readonly size: number; readonly mtimeMs: number }
  | {
      readonly type: "error";
      readonly code: string;
      readonly text: string;
      readonly limit?: number | undefined;
    }
  | { readonly type: "entries"; readonly entries: readonly FileEntry[] }
  | { readonly type: "data"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly sha256: Uint8Array }
  | { readonly type: "done" }
  | { readonly type: "listed"; readonly complete: boolean; readonly skipped: number };

const kinds = {
  request: 1,
  accept: 2,
  error: 3,
  entries: 4,
  data: 5,
  end: 6,
  done: 7,
  listed: 8,
} as const satisfies Record<TransferMessage["type"], number>;

/** The frames of this protocol. */
export const transferFramer: Framer = lengthPrefixed({ width: 4, maxFrameBytes: 1024 * 1024 });

// A page of the longest names takes the most; everything else is far smaller.
const control = msgpack({ maxBytes: pageEntries * (maxNameBytes + 64), maxDepth: 4 });

/**
 * The messages of this protocol as bytes. Decoding checks everything that can be checked without
 * knowing what was asked: types, sizes, counts. Names are only bounded; who uses one parses it.
 *
 * @throws {TransferError} on decoding, `ERR_TRANSFER_PROTOCOL` for what is no message and
 *   `ERR_TRANSFER_VERSION` for a request or an accept of another version
 */
export const transferCodec: Codec<TransferMessage> = {
  encode(message) {
    if (message.type === "data") return withKind(kinds.data, message.bytes);
    const { type, ...fields } = message;
    const versioned = type === "request" || type === "accept";
    const body = versioned ? { version: protocolVersion, ...fields } : fields;
    return withKind(kinds[type], control.encode(body));
  },
  decode(bytes) {
    const kind = bytes[0];
    const body = bytes.subarray(1);
    if (kind === kinds.data) {
      if (body.length === 0 || body.length > chunkBytes) {
        throw protocolError(`${body.length} bytes of data in one message`);
      }
      // Copied: the decoder's buffer is only lent to us.
      return { type: "data", bytes: new Uint8Array(body) };
    }
    return decodeControl(kind, body);
  },
};

function withKind(kind: number, body: Uint8Array): Uint8Array {
  // Not zeroed first, which every chunk of a file would pay for: all of it is written here.
  const bytes = Buffer.allocUnsafeSlow(1 + body.length);
  bytes[0] = kind;
  bytes.set(body, 1);
  return bytes;
}

function decodeControl(kind: number | undefined, body: Uint8Array): TransferMessage {
  let fields: MessageFields;
  try {
    fields = new MessageFields(control.decode(body));
  } catch (error) {
    if (error instanceof TransferError) throw error;
    throw protocolError("a control message that is no MessagePack", error);
  }
  switch (kind) {
    case kinds.request:
      checkVersion(fields);
      return decodeRequest(fields);
    case kinds.accept:
      checkVersion(fields);
      return { type: "accept", size: fields.size("size"), mtimeMs: fields.time("mtimeMs") };
    case kinds.error:
      return {
        type: "error",
        code: fields.text("code", 64),
        text: fields.text("text", 1024),
        limit: fields.optionalSize("limit"),
      };
    case kinds.entries:
      return {
        type: "entries",
        entries: fields.list("entries", pageEntries).map((e) => decodeEntry(e, maxNameBytes)),
      };
    case kinds.end:
      return { type: "end", sha256: fields.bytes("sha256", 32) };
    case kinds.done:
      return { type: "done" };
    case kinds.listed:
      return { type: "listed", complete: fields.flag("complete"), skipped: fields.size("skipped") };
    default:
      throw protocolError(`a message of kind ${kind ?? "none"}`);
  }
}

function decodeRequest(fields: MessageFields): TransferRequest {
  const op = fields.text("op", 16);
  switch (op) {
    case "list":
      return { type: "request", op };
    case "get":
      return { type: "request", op, name: fields.text("name", requestNameBytes) };
    case "put":
      return { type: "request", op, ...decodeEntry(fields, requestNameBytes) };
    default:
      throw protocolError(`a request for "${op}"`);
  }
}

function decodeEntry(fields: MessageFields, nameBytes: number): FileEntry {
  return {
    name: fields.text("name", nameBytes),
    size: fields.size("size"),
    mtimeMs: fields.time("mtimeMs"),
  };
}

function checkVersion(fields: MessageFields): void {
  const version = fields.size("version");
  if (version === protocolVersion) return;
  throw new TransferError("ERR_TRANSFER_VERSION", {
    en: `version ${version} of the protocol meets version ${protocolVersion}: both sides need the same`,
    zh: `协议第 ${version} 版遇到第 ${protocolVersion} 版：双方须使用同一版本`,
  });
}
