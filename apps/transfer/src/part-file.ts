import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, open, rename, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** What of a file stays the same for as long as it is the same file. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Where {@link PartFile.commit} puts the file, and how. */
export interface CommitOptions {
  /** Path of the file; in the folder of the part file. */
  readonly destination: string;
  /** Replace a file that is there. Without it, one that is there rejects with `EEXIST`. */
  readonly overwrite: boolean;
  /** Time of the last change that the file gets, milliseconds since 1970. */
  readonly mtimeMs: number;
}

/**
 * A file that is being received: written under a name of its own beside its destination, and given
 * its real name only when it is complete. So nobody ever sees half a file, and one that is to be
 * replaced stays until then.
 */
export class PartFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #position = 0;
  #state: "open" | "committed" | "discarded" = "open";

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /**
   * Creates an empty part file in a folder. Its name begins with a dot, so it is never shared, and
   * is random and created exclusively (O_EXCL), so that a link planted in its place is not followed.
   */
  static async create(folder: string): Promise<PartFile> {
    const path = join(folder, `.netloom-${randomBytes(8).toString("hex")}.part`);
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    // O_NOFOLLOW does not exist on Windows, where O_EXCL alone does it.
    return new PartFile(path, await open(path, flags | (constants.O_NOFOLLOW ?? 0)));
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#position;
  }

  /** Appends bytes: all of them, or it rejects. One call at a time. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length;) {
      const rest = bytes.length - from;
      const { bytesWritten } = await this.#handle.write(bytes, from, rest, this.#position);
      from += bytesWritten;
      this.#position += bytesWritten;
    }
  }

  async identity(): Promise<FileIdentity> {
    return this.#handle.stat({ bigint: true });
  }

  /** Gives the file its time and its real name. What rejects leaves the part file to `discard`. */
  async commit({ destination, overwrite, mtimeMs }: CommitOptions): Promise<void> {
    // In seconds, a millisecond is not exact and would be cut down to the one before: so a
    // microsecond more.
    await this.#handle.utimes(new Date(), (mtimeMs + 0.001) / 1000);
    await this.#handle.close();
    if (overwrite) await rename(this.path, destination);
    else await renameExclusively(this.path, destination);
    this.#state = "committed";
  }

  /** Closes and deletes the file, unless it was committed. Never rejects; may be called again. */
  async discard(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "discarded";
    // Closed already where commit got that far; deleted already where somebody cleans the folder.
    await this.#handle.close().catch(() => {});
    await unlink(this.path).catch(() => {});
  }
}

/** Renames, but never over a file that is there: `rename` alone would replace it in silence. */
async function renameExclusively(from: string, to: string): Promise<void> {
  try {
    // A second name can only be made where there is none, in one step.
    await link(from, to);
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    // FAT, some network file systems: two steps, as good as it gets.
    if (await exists(to)) throw existsError(to);
    await rename(from, to);
    return;
  }
  await unlink(from);
}

function isWithoutLinks(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code);
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

function existsError(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`EEXIST: file already exists, rename to '${path}'`), {
    code: "EEXIST",
    syscall: "rename",
    path,
  });
}
