import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { failure } from "./failures.ts";
import { protocolError } from "./message-fields.ts";
import { chunkBytes } from "./protocol.ts";
import type { Session } from "./session.ts";

/** Called for every chunk: bytes moved since the beginning, and bytes in all. */
export type OnProgress = (done: number, total: number) => void;

/** What {@link sendFile} sends. */
export interface SendFileOptions {
  /** Open for reading; stays open. */
  readonly handle: FileHandle;
  /** Bytes that were announced to the peer. */
  readonly size: number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Sends the bytes of a file and their digest, and waits until the peer says that it keeps them.
 * While one chunk is sent the next is read; so memory holds a few chunks, whatever the size.
 *
 * @returns the SHA-256 in hexadecimal
 * @throws {TransferError} `ERR_TRANSFER_CHANGED` when the file is no longer what was announced;
 *   what the peer reports, also while the bytes are still going out
 */
export async function sendFile(session: Session, options: SendFileOptions): Promise<string> {
  // From the first chunk on: a receiver whose disk is full says so in the middle.
  const verdict = session.expect("done");
  let answered = false;
  verdict.then(
    () => (answered = true),
    () => (answered = true),
  );
  try {
    const sha256 = await sendBytes(session, options, () => answered);
    await verdict;
    return sha256;
  } catch (error) {
    // The connection that fails under the hands of the sender is the consequence, the peer's last
    // word is the cause.
    if (answered) await verdict;
    throw error;
  }
}

async function sendBytes(
  session: Session,
  { handle, size, onProgress }: SendFileOptions,
  isAnswered: () => boolean,
): Promise<string> {
  const before = await handle.stat({ bigint: true });
  if (before.size !== BigInt(size))
    throw failure("ERR_TRANSFER_CHANGED", { subject: session.subject });
  const hash = createHash("sha256");
  // One buffer is enough: `send` has copied the bytes when it returns.
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(size, 1)));
  const read = async (at: number): Promise<Uint8Array> => {
    const wanted = Math.min(buffer.length, size - at);
    if (wanted === 0) return buffer.subarray(0, 0);
    const { bytesRead } = await handle.read(buffer, 0, wanted, at);
    if (bytesRead === 0) throw failure("ERR_TRANSFER_CHANGED", { subject: session.subject });
    return buffer.subarray(0, bytesRead);
  };
  let done = 0;
  let bytes = await read(0);
  while (bytes.length > 0) {
    if (isAnswered()) throw protocolError("an answer before the end of the file");
    hash.update(bytes);
    done += bytes.length;
    [, bytes] = await Promise.all([session.send({ type: "data", bytes }), read(done)]);
    onProgress?.(done, size);
  }
  const after = await handle.stat({ bigint: true });
  if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
    throw failure("ERR_TRANSFER_CHANGED", { subject: session.subject });
  }
  const sha256 = hash.digest();
  await session.send({ type: "end", sha256 });
  return sha256.toString("hex");
}
