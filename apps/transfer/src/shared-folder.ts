// The second gate: what a name leads to in the file system. `parseName` has refused every name that
// climbs out by its letters; what is left are symbolic links, planted before or during a transfer
// (zip-slip, rsync CVE-2026-70460, magic-wormhole #396). The rule is one sentence: links are never
// followed. It is checked before a file is opened and, because the file system may change in
// between, once more on what was opened.
import { constants } from "node:fs";
import { lstat, open, realpath, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TransferError } from "./errors.ts";
import { failure } from "./failures.ts";
import { parseName } from "./names.ts";
import { PartFile } from "./part-file.ts";
import type { FileIdentity } from "./part-file.ts";

/** A file that is open for sending. */
export interface SharedFile extends AsyncDisposable {
  readonly handle: FileHandle;
  /** Bytes. */
  readonly size: number;
  /** Time of the last change, whole milliseconds since 1970. */
  readonly mtimeMs: number;
}

/** A file that is being received into the folder. */
export interface Upload extends AsyncDisposable {
  readonly part: PartFile;
  /** Gives the file its name, if the way to it still is what it was. */
  commit(mtimeMs: number): Promise<void>;
}

/** A folder whose files are reached by the names of peers. */
export class SharedFolder {
  /** The real path of the folder, without links. */
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /**
   * @param folder - may itself be a link: who serves it has chosen it
   * @throws the system's error when there is no such folder, `ENOTDIR` when it is a file
   */
  static async open(folder: string): Promise<SharedFolder> {
    const root = await realpath(folder);
    if (!(await stat(root)).isDirectory()) {
      const error = new Error(`ENOTDIR: not a directory, open '${folder}'`);
      throw Object.assign(error, { code: "ENOTDIR", syscall: "open", path: folder });
    }
    return new SharedFolder(root);
  }

  /**
   * Opens a file for sending.
   *
   * @throws {TransferError} `ERR_TRANSFER_NAME`, `_NOT_A_FILE`; the system's error where it is one
   */
  async openFile(name: string): Promise<SharedFile> {
    const path = join(this.root, ...parseName(name));
    // Before it is opened: opening a pipe or a device may do something or wait for ever.
    if (!(await lstat(path)).isFile()) throw notAFile(name);
    await this.#refuseLinks(path, name);
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const handle = await open(path, flags);
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) throw notAFile(name);
      await this.#refuseOther(path, stats, name);
      return {
        handle,
        size: Number(stats.size),
        mtimeMs: Number(stats.mtimeMs),
        [Symbol.asyncDispose]: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Begins to receive a file. Its folder has to exist.
   *
   * @throws {TransferError} `ERR_TRANSFER_NAME`, `_NOT_A_FILE`, `_EXISTS`; the system's error where
   *   it is one
   */
  async receiveFile(name: string, { overwrite }: { readonly overwrite: boolean }): Promise<Upload> {
    const path = join(this.root, ...parseName(name));
    const folder = dirname(path);
    await this.#refuseLinks(folder, name);
    await refuseExisting(path, name, overwrite);
    const part = await PartFile.create(folder);
    const checkPlace = async (): Promise<void> => {
      await this.#refuseOther(part.path, await part.identity(), name);
    };
    try {
      await checkPlace();
    } catch (error) {
      await part.discard();
      throw error;
    }
    return {
      part,
      commit: async (mtimeMs) => {
        // Uploads take long: a folder of the way may be a link by now, or a folder have this name.
        await checkPlace();
        await refuseExisting(path, name, overwrite);
        await part.commit({ destination: path, overwrite, mtimeMs });
      },
      [Symbol.asyncDispose]: () => part.discard(),
    };
  }

  /** Rejects unless the path is its own real path, which is where no part of it is a link. */
  async #refuseLinks(path: string, name: string): Promise<void> {
    if ((await realpath(path)) !== path) throw notAFile(name);
  }

  /** Rejects unless what is open is what the path, without links, leads to. */
  async #refuseOther(path: string, { dev, ino }: FileIdentity, name: string): Promise<void> {
    await this.#refuseLinks(path, name);
    const there = await lstat(path, { bigint: true });
    if (there.dev !== dev || there.ino !== ino) throw notAFile(name);
  }
}

async function refuseExisting(path: string, name: string, overwrite: boolean): Promise<void> {
  let there;
  try {
    there = await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  // A link would be replaced, not followed; but it is nothing that this folder shares.
  if (!there.isFile()) throw notAFile(name);
  if (!overwrite) throw failure("ERR_TRANSFER_EXISTS", { subject: name });
}

function notAFile(name: string): TransferError {
  return failure("ERR_TRANSFER_NOT_A_FILE", { subject: name });
}
