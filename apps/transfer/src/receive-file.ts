import { createHash } from "node:crypto";
import { failure } from "./failures.ts";
import { protocolError } from "./message-fields.ts";
import type { PartFile } from "./part-file.ts";
import type { OnProgress } from "./send-file.ts";
import type { Session } from "./session.ts";

/** What {@link receiveFile} receives. */
export interface ReceiveFileOptions {
  /** Where the bytes go. */
  readonly part: PartFile;
  /** Bytes that the peer has announced: it has to send just these. */
  readonly size: number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Receives the bytes of a file and checks them against the sender's digest. The caller gives the
 * file its name and says `done`, or `fail`s the session.
 *
 * @returns the SHA-256 in hexadecimal
 * @throws {TransferError} `ERR_TRANSFER_DIGEST`, and what the session rejects with
 */
export async function receiveFile(
  session: Session,
  { part, size, onProgress }: ReceiveFileOptions,
): Promise<string> {
  const hash = createHash("sha256");
  let done = 0;
  for (;;) {
    const message = await session.receive();
    if (message.type === "end") {
      if (done !== size) throw protocolError(`${done} bytes of the ${size} announced`);
      const sha256 = hash.digest();
      if (!sha256.equals(message.sha256)) {
        throw failure("ERR_TRANSFER_DIGEST", { subject: session.subject });
      }
      return sha256.toString("hex");
    }
    if (message.type !== "data") throw protocolError(`"${message.type}" in place of data`);
    // Before it is written: what was not announced may not fit, or was not allowed.
    done += message.bytes.length;
    if (done > size) throw protocolError(`more than the ${size} bytes announced`);
    const written = part.write(message.bytes);
    // On another thread, so the digest costs no time of its own.
    hash.update(message.bytes);
    await written;
    onProgress?.(done, size);
  }
}
