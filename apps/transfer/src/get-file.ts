import { lstat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { request } from "./client.ts";
import type { ClientOptions } from "./client.ts";
import { TransferError } from "./errors.ts";
import { localError } from "./failures.ts";
import { PartFile } from "./part-file.ts";
import { receiveFile } from "./receive-file.ts";
import type { OnProgress } from "./send-file.ts";

/** What {@link getFile} takes. */
export interface GetFileOptions extends ClientOptions {
  /** Name of the file on the server, with `/` between folders. */
  readonly name: string;
  /** Path to save it at. Default: the last part of `name`, in the current folder. */
  readonly output?: string | undefined;
  /** Replace a file that is there. Default false: it rejects with `ERR_TRANSFER_EXISTS`. */
  readonly overwrite?: boolean | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A file that has arrived whole, or was sent and is kept by the server. */
export interface TransferredFile {
  /** Its name on the server. */
  readonly name: string;
  /** Its path here, absolute. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Time of its last change, milliseconds since 1970. */
  readonly mtimeMs: number;
  /** SHA-256 in hexadecimal: the same at both ends. */
  readonly sha256: string;
}

/**
 * Fetches a file. It gets its name only when it is complete and its digest is right; until then
 * the bytes are in a hidden `.part` file beside it, which is deleted when the call fails.
 *
 * @throws {TransferError} and what `connect` of `@netloom/tcp` throws
 * @example
 * import { getFile } from "@netloom/transfer";
 * const { size, sha256 } = await getFile({ name: "notes/today.txt", output: "today.txt" });
 */
export async function getFile(options: GetFileOptions): Promise<TransferredFile> {
  const { name, overwrite = false, onProgress } = options;
  const file = resolve(options.output ?? name.slice(name.lastIndexOf("/") + 1));
  await refuseExisting(file, overwrite);
  return request(options, { type: "request", op: "get", name }, async (session) => {
    const { size, mtimeMs } = await session.expect("accept");
    const part = await PartFile.create(dirname(file)).catch((error: unknown) => {
      throw writeError(error, file);
    });
    try {
      onProgress?.(0, size);
      const sha256 = await receiveFile(session, { part, size, onProgress });
      await part.commit({ destination: file, overwrite, mtimeMs });
      // The file is here, whatever becomes of the server now.
      await session.send({ type: "done" }).catch(() => {});
      return { name, file, size, mtimeMs, sha256 };
    } catch (error) {
      throw writeError(error, file);
    } finally {
      await part.discard();
    }
  });
}

async function refuseExisting(file: string, overwrite: boolean): Promise<void> {
  const there = await lstat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw writeError(error, file);
  });
  if (there === undefined) return;
  // A folder cannot be replaced; a device (/dev/null!) or a pipe could, to everybody's surprise.
  if (!there.isFile() && !there.isSymbolicLink()) {
    throw new TransferError("ERR_TRANSFER_NOT_A_FILE", {
      en: `${file} is no regular file: name a file to save to`,
      zh: `${file} 不是普通文件：请指定要保存的文件`,
    });
  }
  if (!overwrite) throw existsError(file);
}

function existsError(file: string): TransferError {
  return new TransferError("ERR_TRANSFER_EXISTS", {
    en: `${file} exists already: --force replaces it, -o saves under another name`,
    zh: `${file} 已存在：用 --force 替换，或用 -o 另存`,
  });
}

/** Says which file an error of the file system is about; every other error stays as it is. */
function writeError(error: unknown, file: string): unknown {
  if (error instanceof TransferError) return error;
  if ((error as NodeJS.ErrnoException).code === "EEXIST") return existsError(file);
  return new TransferError(
    localError(error).code,
    { en: `cannot write ${file}`, zh: `无法写入 ${file}` },
    { cause: error },
  );
}
