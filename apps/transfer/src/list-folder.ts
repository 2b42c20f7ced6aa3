import { request } from "./client.ts";
import type { ClientOptions } from "./client.ts";
import { protocolError } from "./message-fields.ts";
import { nameProblem } from "./names.ts";
import { maxListedFiles } from "./protocol.ts";
import type { FileEntry } from "./protocol.ts";

/** The files that a server shares. */
export interface FolderListing {
  /** Ordered by name within each folder. */
  readonly entries: readonly FileEntry[];
  /** Whether that is all; false when the server's limit was reached. */
  readonly complete: boolean;
  /** Files that the server leaves out: their names do not travel, or they are links or devices. */
  readonly skipped: number;
}

/**
 * Asks a server which files it shares.
 *
 * @throws {TransferError} and what `connect` of `@netloom/tcp` throws
 * @example
 * import { listFolder } from "@netloom/transfer";
 * const { entries } = await listFolder({ port: 7008 });
 * for (const { name, size } of entries) console.log(name, size);
 */
export function listFolder(options: ClientOptions = {}): Promise<FolderListing> {
  return request(options, { type: "request", op: "list" }, async (session) => {
    await session.expect("accept");
    const entries: FileEntry[] = [];
    for (;;) {
      const message = await session.receive();
      if (message.type === "listed") {
        return { entries, complete: message.complete, skipped: message.skipped };
      }
      if (message.type !== "entries") throw protocolError(`"${message.type}" in a list`);
      for (const { name } of message.entries) {
        // What we print and what a script may pass on to `get -o` has to be a name as we know them.
        if (nameProblem(name) !== undefined) throw protocolError("a list with a name that is none");
      }
      if (entries.length + message.entries.length > maxListedFiles) {
        throw protocolError(`a list of more than ${maxListedFiles} files`);
      }
      entries.push(...message.entries);
    }
  });
}
