// The names of files on the wire, and which of them are allowed. A name is chosen by the peer, so
// this is the first of two gates that keep a transfer inside its folder; the second is
// SharedFolder, which asks the file system what a name leads to.
import type { Text } from "@netloom/app-kit";
import { TransferError } from "./errors.ts";

/** Longest name, in bytes of UTF-8. */
export const maxNameBytes = 1024;
/** Longest part between slashes, in bytes of UTF-8: what ext4, APFS and NTFS take. */
export const maxPartBytes = 255;
/** Most parts of a name: its folders and the file. */
export const maxNameParts = 32;

const utf8 = new TextEncoder();

// C0, DEL and C1 controls (NUL ends a path in C, ESC drives a terminal); a lone surrogate has no
// UTF-8; the others turn the direction of text, so that a name reads as another one
// (https://trojansource.codes).
const invisible = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
// A backslash separates folders on Windows, a colon names a drive or a hidden stream of a file.
const reservedCharacter = /[\\:*?"<>|]/;
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: devices in every folder, with any
// extension, with superscript digits too.
const reservedName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/**
 * Why a name is refused, or undefined when it is allowed.
 *
 * Allowed is what means the same file inside the folder on every system: parts separated by `/`,
 * none of them empty, `.` or `..` or hidden (a leading dot), no control characters, nothing that
 * Windows reserves, and the lengths above.
 */
export function nameProblem(name: string): Text | undefined {
  if (name === "") return { en: "it is empty", zh: "名称为空" };
  // Counted in UTF-16 units first, which is cheap: there are never fewer bytes than units.
  if (name.length > maxNameBytes || utf8.encode(name).length > maxNameBytes) {
    return { en: `longer than ${maxNameBytes} bytes`, zh: `超过 ${maxNameBytes} 字节` };
  }
  if (invisible.test(name)) {
    return { en: "it has a control character", zh: "含有控制字符" };
  }
  if (name.startsWith("/")) return { en: "it is an absolute path", zh: "是绝对路径" };
  const character = reservedCharacter.exec(name)?.[0];
  if (character !== undefined) {
    return { en: `it has the character ${character}`, zh: `含有字符 ${character}` };
  }
  const parts = name.split("/");
  if (parts.length > maxNameParts) {
    return { en: `more than ${maxNameParts} folders deep`, zh: `层数超过 ${maxNameParts}` };
  }
  for (const part of parts) {
    const problem = partProblem(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function partProblem(part: string): Text | undefined {
  if (part === "") return { en: "a part of it is empty", zh: "有一部分为空" };
  if (part === "." || part === "..") {
    return { en: `"${part}" is not allowed`, zh: `不允许使用“${part}”` };
  }
  if (part.startsWith(".")) {
    return { en: "hidden files are not shared", zh: "不共享隐藏文件" };
  }
  if (utf8.encode(part).length > maxPartBytes) {
    return {
      en: `a part is longer than ${maxPartBytes} bytes`,
      zh: `有一部分超过 ${maxPartBytes} 字节`,
    };
  }
  if (/[. ]$/.test(part)) {
    return { en: "a part ends with a dot or a space", zh: "有一部分以点或空格结尾" };
  }
  if (reservedName.test(part)) {
    return { en: `"${part}" is a device on Windows`, zh: `“${part}”在 Windows 上是设备` };
  }
  return undefined;
}

/**
 * The parts of an allowed name: `"a/b.txt"` gives `["a", "b.txt"]`.
 *
 * @throws {TransferError} `ERR_TRANSFER_NAME` saying why it is refused
 */
export function parseName(name: string): readonly string[] {
  const problem = nameProblem(name);
  if (problem !== undefined) throw nameError(name, problem);
  return name.split("/");
}

/** The error for a refused name; of a long one, only the beginning is quoted. */
export function nameError(name: string, problem: Text): TransferError {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return new TransferError("ERR_TRANSFER_NAME", {
    en: `the name "${shown}" is not allowed: ${problem.en}`,
    zh: `名称“${shown}”不允许使用：${problem.zh}`,
  });
}
