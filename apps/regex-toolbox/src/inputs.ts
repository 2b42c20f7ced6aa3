import { AppError } from "@netloom/app-kit";
import { createReadStream } from "node:fs";

import { readLines } from "./read-lines.ts";

/** One text to look at: an argument as a whole, or a line of a file or of standard input. */
export interface Input {
  readonly text: string;
  /** The file as it was named; undefined for arguments and standard input. */
  readonly file?: string | undefined;
  /** From 1; undefined for arguments. */
  readonly line?: number | undefined;
}

/**
 * What to look at: the texts if there are any, else the lines of the files, else those of standard
 * input, each as it is read. The file `-` is standard input.
 *
 * @throws AppError with status 2 for texts and files together, and for what cannot be read
 */
export async function* inputs(
  texts: readonly string[],
  files: readonly string[],
): AsyncGenerator<Input> {
  if (texts.length > 0 && files.length > 0) {
    throw new AppError(
      { en: "give texts or --file, not both", zh: "文本和 --file 只能给出一种" },
      { code: "ERR_APP_USAGE" },
    );
  }
  for (const text of texts) yield { text };
  if (texts.length > 0) return;
  for (const file of files.length > 0 ? files : ["-"]) yield* linesOf(file);
}

async function* linesOf(file: string): AsyncGenerator<Input> {
  const standard = file === "-";
  const name = standard ? { en: "standard input", zh: "标准输入" } : { en: file, zh: file };
  const stream: AsyncIterable<Uint8Array> = standard ? process.stdin : createReadStream(file);
  let line = 0;
  try {
    for await (const text of readLines(stream, name)) {
      line++;
      yield standard ? { text, line } : { text, file, line };
    }
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const text = { en: `cannot read ${name.en}`, zh: `无法读取 ${name.zh}` };
    // As grep: 1 is for what was read and does not match.
    throw new AppError(text, { status: 2, cause: error });
  }
}
