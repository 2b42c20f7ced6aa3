import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { request } from "./client.ts";
import type { ClientOptions } from "./client.ts";
import { TransferError } from "./errors.ts";
import { localError } from "./failures.ts";
import type { TransferredFile } from "./get-file.ts";
import { sendFile } from "./send-file.ts";
import type { OnProgress } from "./send-file.ts";

/** What {@link putFile} takes. */
export interface PutFileOptions extends ClientOptions {
  /** Path of the file to send. */
  readonly file: string;
  /** Name that it gets on the server, with `/` between folders that exist there. Default its own. */
  readonly name?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Sends a file. When the call returns, the server has checked the digest and keeps the file under
 * its name; when it rejects, the server has deleted what it had.
 *
 * @throws {TransferError} and what `connect` of `@netloom/tcp` throws
 * @example
 * import { putFile } from "@netloom/transfer";
 * const { sha256 } = await putFile({ file: "./report.pdf", name: "reports/report.pdf" });
 */
export async function putFile(options: PutFileOptions): Promise<TransferredFile> {
  const file = resolve(options.file);
  const { name = basename(file), onProgress } = options;
  const handle = await openRegular(file);
  try {
    const stats = await handle.stat();
    const { size } = stats;
    const mtimeMs = Math.floor(stats.mtimeMs);
    return await request(
      options,
      { type: "request", op: "put", name, size, mtimeMs },
      async (session) => {
        await session.expect("accept");
        onProgress?.(0, size);
        const sha256 = await sendFile(session, { handle, size, onProgress });
        return { name, file, size, mtimeMs, sha256 };
      },
    );
  } catch (error) {
    throw explain(error, name);
  } finally {
    await handle.close();
  }
}

async function openRegular(file: string): Promise<FileHandle> {
  // Not to wait for the other end of a pipe.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      throw readError(error, file);
    },
  );
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new TransferError("ERR_TRANSFER_NOT_A_FILE", {
    en: `${file} is no regular file: only files are sent`,
    zh: `${file} 不是普通文件：只能发送文件`,
  });
}

function explain(error: unknown, name: string): unknown {
  // An upload misses no file but the folder that it should go into.
  const missing = error instanceof TransferError && error.code === "ERR_TRANSFER_NOT_FOUND";
  if (!missing || !error.remote) return error;
  return new TransferError(
    error.code,
    {
      en: `the server has no folder for "${name}": upload into one that it has`,
      zh: `服务器上没有“${name}”所在的文件夹：请上传到已有的文件夹`,
    },
    { remote: true },
  );
}

function readError(error: unknown, file: string): TransferError {
  return new TransferError(
    localError(error).code,
    { en: `cannot read ${file}`, zh: `无法读取 ${file}` },
    { cause: error },
  );
}
