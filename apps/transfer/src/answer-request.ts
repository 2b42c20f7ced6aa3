import type { TransferRequest } from "./protocol.ts";
import { pageEntries } from "./protocol.ts";
import type { FileEntry } from "./protocol.ts";
import { failure } from "./failures.ts";
import { listFiles } from "./list-files.ts";
import { receiveFile } from "./receive-file.ts";
import { sendFile } from "./send-file.ts";
import type { Session } from "./session.ts";
import type { SharedFolder } from "./shared-folder.ts";

/** What a server permits. */
export interface ServeRules {
  readonly allowUpload: boolean;
  readonly allowOverwrite: boolean;
  readonly maxUploadBytes: number;
  readonly maxListEntries: number;
}

/** What was moved by a request that was fulfilled. */
export interface Answered {
  /** Bytes of the file; of a list, the number of files. */
  readonly size: number;
  /** SHA-256 of the file in hexadecimal; a list has none. */
  readonly sha256?: string | undefined;
}

/** The server's part after the request: what the request asks for, or a rejection with the reason. */
export function answerRequest(
  session: Session,
  request: TransferRequest,
  folder: SharedFolder,
  rules: ServeRules,
): Promise<Answered> {
  if (request.op === "list") return answerList(session, folder, rules);
  if (request.op === "get") return answerGet(session, request.name, folder);
  return answerPut(session, request, folder, rules);
}

async function answerList(
  session: Session,
  folder: SharedFolder,
  { maxListEntries }: ServeRules,
): Promise<Answered> {
  await session.send({ type: "accept", size: 0, mtimeMs: 0 });
  const files = listFiles(folder, maxListEntries);
  let size = 0;
  let page: FileEntry[] = [];
  const sendPage = async (): Promise<void> => {
    if (page.length > 0) await session.send({ type: "entries", entries: page });
    page = [];
  };
  for (;;) {
    const { done, value } = await files.next();
    if (done === true) {
      await sendPage();
      await session.send({ type: "listed", ...value });
      return { size };
    }
    page.push(value);
    size++;
    if (page.length === pageEntries) await sendPage();
  }
}

async function answerGet(session: Session, name: string, folder: SharedFolder): Promise<Answered> {
  await using file = await folder.openFile(name);
  const { handle, size, mtimeMs } = file;
  await session.send({ type: "accept", size, mtimeMs });
  return { size, sha256: await sendFile(session, { handle, size }) };
}

async function answerPut(
  session: Session,
  { name, size, mtimeMs }: FileEntry,
  folder: SharedFolder,
  rules: ServeRules,
): Promise<Answered> {
  if (!rules.allowUpload) throw failure("ERR_TRANSFER_UPLOAD_OFF");
  const limit = rules.maxUploadBytes;
  if (size > limit) throw failure("ERR_TRANSFER_TOO_LARGE", { subject: name, limit });
  await using upload = await folder.receiveFile(name, { overwrite: rules.allowOverwrite });
  await session.send({ type: "accept", size: 0, mtimeMs: 0 });
  const sha256 = await receiveFile(session, { part: upload.part, size });
  await upload.commit(mtimeMs);
  await session.send({ type: "done" });
  return { size, sha256 };
}
