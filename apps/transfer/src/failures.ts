// What the errors that come from elsewhere (the system, the connection, the peer) mean for a
// transfer, and what they are called in both languages.
import { formatBytes, formatDuration } from "@netloom/app-kit";
import type { Text } from "@netloom/app-kit";
import { CodecError } from "@netloom/codec";
import { FramingError } from "@netloom/framing";
import { TransferError, isTransferErrorCode } from "./errors.ts";
import type { TransferErrorCode } from "./errors.ts";
import { protocolError } from "./message-fields.ts";
import { nameError, nameProblem } from "./names.ts";
import type { TransferMessage } from "./protocol.ts";

type ErrorMessage = Extract<TransferMessage, { type: "error" }>;

/** What is known about a failure, for its text. */
interface Circumstances {
  /** The name of the file. */
  readonly subject?: string | undefined;
  readonly limit?: number | undefined;
  /** Whether it is the peer that failed. Default false. */
  readonly remote?: boolean | undefined;
  /** What the peer said, in English. */
  readonly detail?: string | undefined;
}

const about = ({ subject }: Circumstances): Text =>
  subject === undefined
    ? { en: "the file", zh: "该文件" }
    : { en: `"${subject}"`, zh: `“${subject}”` };

const side = ({ remote }: Circumstances): Text =>
  remote === true ? { en: "the other side", zh: "对方" } : { en: "this side", zh: "本机" };

const atMost = (bytes: number): string => `${formatBytes(bytes)} (${bytes})`;

type Describe = (file: Text, who: Text, known: Circumstances) => Text;

const texts: Partial<Record<TransferErrorCode, Describe>> = {
  ERR_TRANSFER_NOT_FOUND: (file) => ({
    en: `no file ${file.en} on the server: "list" shows what there is`,
    zh: `服务器上没有文件${file.zh}：用 list 查看有哪些文件`,
  }),
  ERR_TRANSFER_NOT_A_FILE: (file) => ({
    en: `${file.en} is no regular file of the shared folder: folders and links are not transferred`,
    zh: `${file.zh}不是共享文件夹中的普通文件：不传输文件夹和链接`,
  }),
  ERR_TRANSFER_EXISTS: (file) => ({
    en: `${file.en} exists on the server, which does not let uploads replace files: choose another name`,
    zh: `服务器上已有${file.zh}，且不允许上传替换文件：请换一个名称`,
  }),
  ERR_TRANSFER_UPLOAD_OFF: () => ({
    en: "the server takes no uploads: it was started without --allow-upload",
    zh: "服务器不接受上传：启动时没有 --allow-upload",
  }),
  ERR_TRANSFER_TOO_LARGE: (file, _, { limit }) => ({
    en: `${file.en} is larger than the server takes${limit === undefined ? "" : `: at most ${atMost(limit)}`}`,
    zh: `${file.zh}超过了服务器接受的大小${limit === undefined ? "" : `：最多 ${atMost(limit)}`}`,
  }),
  ERR_TRANSFER_DENIED: (file, who) => ({
    en: `${who.en} has no permission for ${file.en}`,
    zh: `${who.zh}没有权限访问${file.zh}`,
  }),
  ERR_TRANSFER_NO_SPACE: (file, who) => ({
    en: `${who.en} has no space left on its disk for ${file.en}`,
    zh: `${who.zh}磁盘空间不足，放不下${file.zh}`,
  }),
  ERR_TRANSFER_DIGEST: (file) => ({
    en: `${file.en} arrived damaged: its SHA-256 is not the sender's; nothing was kept, try again`,
    zh: `${file.zh}在传输中损坏：SHA-256 与发送方不符；没有保留任何内容，请重试`,
  }),
  ERR_TRANSFER_CHANGED: (file) => ({
    en: `${file.en} changed while it was being sent: try again`,
    zh: `${file.zh}在发送过程中被修改：请重试`,
  }),
  ERR_TRANSFER_TIMEOUT: (_, who) => ({
    en: `${who.en} gave up: nothing had moved for too long`,
    zh: `${who.zh}已放弃：太久没有进展`,
  }),
  ERR_TRANSFER_STOPPED: (_, who) => ({
    en: `${who.en} was stopped in the middle; nothing was kept`,
    zh: `${who.zh}中途被停止；没有保留任何内容`,
  }),
};

/** The error for a code: in our own words where we have some, else in the peer's. */
export function failure(
  code: TransferErrorCode,
  known: Circumstances & { readonly cause?: unknown } = {},
): TransferError {
  const text = texts[code]?.(about(known), side(known), known) ?? {
    en: `the other side gave up: ${known.detail ?? code}`,
    zh: `对方已放弃：${known.detail ?? code}`,
  };
  const { limit, remote, cause } = known;
  return new TransferError(code, text, { limit, remote, cause });
}

/** The error that the peer reports about the file `subject`. */
export function remoteError({ code, text, limit }: ErrorMessage, subject?: string): TransferError {
  const problem = subject === undefined ? undefined : nameProblem(subject);
  if (code === "ERR_TRANSFER_NAME" && subject !== undefined && problem !== undefined) {
    return new TransferError(code, nameError(subject, problem).text, { remote: true });
  }
  // Our own abort is told apart by its code: no peer may claim it.
  const known = isTransferErrorCode(code) && code !== "ERR_TRANSFER_ABORTED";
  return failure(known ? code : "ERR_TRANSFER_FAILED", {
    subject,
    limit,
    detail: text,
    remote: true,
  });
}

/** The error of a transfer whose connection failed with `error`, or ended where it should not. */
export function connectionError(error: unknown): TransferError {
  if (error instanceof TransferError) return error;
  if (error instanceof FramingError && error.code !== "ERR_FRAMING_TRUNCATED") {
    return protocolError(error.message, error);
  }
  if (error instanceof CodecError) return protocolError(error.message, error);
  return new TransferError(
    "ERR_TRANSFER_LOST",
    {
      en: "the connection ended in the middle; nothing was kept, try again",
      zh: "连接中途断开；没有保留任何内容，请重试",
    },
    { cause: error },
  );
}

/** The error for a peer that has not moved for `ms`. */
export function timeoutError(ms: number): TransferError {
  return new TransferError("ERR_TRANSFER_TIMEOUT", {
    en: `nothing moved for ${formatDuration(ms)}: the other side hangs or the network is gone`,
    zh: `${formatDuration(ms)}内没有任何进展：对方停滞或网络已断`,
  });
}

/** The error for a call whose signal was aborted. */
export function abortedError(reason: unknown): TransferError {
  return new TransferError(
    "ERR_TRANSFER_ABORTED",
    { en: "the transfer was aborted", zh: "传输已中止" },
    { cause: reason },
  );
}

const systemCodes: Readonly<Record<string, TransferErrorCode>> = {
  ENOENT: "ERR_TRANSFER_NOT_FOUND",
  ENOTDIR: "ERR_TRANSFER_NOT_FOUND",
  EISDIR: "ERR_TRANSFER_NOT_A_FILE",
  ELOOP: "ERR_TRANSFER_NOT_A_FILE",
  EEXIST: "ERR_TRANSFER_EXISTS",
  EACCES: "ERR_TRANSFER_DENIED",
  EPERM: "ERR_TRANSFER_DENIED",
  EROFS: "ERR_TRANSFER_DENIED",
  ENOSPC: "ERR_TRANSFER_NO_SPACE",
  EDQUOT: "ERR_TRANSFER_NO_SPACE",
  EFBIG: "ERR_TRANSFER_NO_SPACE",
};

/**
 * What an error of this machine is called towards the peer. The system's own message stays behind,
 * as `cause`: it has paths that are none of the peer's business.
 */
export function localError(error: unknown, subject?: string): TransferError {
  if (error instanceof TransferError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = Object.hasOwn(systemCodes, code) ? systemCodes[code] : undefined;
  if (known !== undefined) return failure(known, { subject, cause: error });
  const text = { en: "an unexpected error", zh: "意外错误" };
  return new TransferError("ERR_TRANSFER_FAILED", text, { cause: error });
}
