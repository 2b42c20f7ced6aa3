import { CodecError, text } from "@netloom/codec";
import { FramingError, lines } from "@netloom/framing";
import { createInterface } from "node:readline/promises";
import { addAbortSignal } from "node:stream";
import type { Readable } from "node:stream";

import { EchoError } from "./errors.ts";

/** How to talk with a person at a terminal. */
export interface PromptOptions {
  /** What stands before each line. */
  readonly prompt: string;
  /** Ends the conversation when typed on a line of its own. */
  readonly quit: string;
  /** Where the prompt is shown. */
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/** Lines that a person may recall with the arrow keys. */
const HISTORY_LINES = 100;

/**
 * The lines of a pipe or a file, in UTF-8, without their line ends; at most 64 KiB each, as the
 * framing has it (`readline` would collect an endless line until memory is full). An abort rejects
 * the wait.
 *
 * @throws EchoError `ERR_ECHO_TEXT` for what is no such line, after the lines before it
 */
export async function* pipedTexts(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = lines().decoder();
  const codec = text("utf-8");
  let found: string[] = [];
  let count = 0;
  const keep = (buffer: Uint8Array, start: number, end: number): void => {
    found.push(codec.decode(buffer.subarray(start, end)));
    count++;
  };
  const take = function* (decode: () => void): Generator<string> {
    let failure: EchoError | undefined;
    try {
      decode();
    } catch (error) {
      failure = lineError(error, count + 1);
    }
    yield* found;
    found = [];
    if (failure !== undefined) throw failure;
  };
  for await (const chunk of addAbortSignal(signal, input) as AsyncIterable<Uint8Array>) {
    yield* take(() => decoder.push(chunk, keep));
  }
  yield* take(() => decoder.end(keep));
}

function lineError(cause: unknown, line: number): EchoError {
  if (cause instanceof FramingError) {
    return new EchoError("ERR_ECHO_TEXT", {
      en: `line ${line} of standard input is too long: ${cause.limit} bytes are allowed`,
      zh: `标准输入第 ${line} 行太长：最多 ${cause.limit} 字节`,
    });
  }
  if (!(cause instanceof CodecError)) throw cause;
  const what = {
    en: `line ${line} of standard input is no text in UTF-8`,
    zh: `标准输入第 ${line} 行不是 UTF-8 文本`,
  };
  return new EchoError("ERR_ECHO_TEXT", what, { cause });
}

/** The lines that a person types, with editing and history, until `quit` or Ctrl-D. */
export async function* typedTexts(
  input: NodeJS.ReadableStream,
  { prompt, quit, output, signal }: PromptOptions,
): AsyncGenerator<string> {
  const editor = createInterface({ input, output, prompt, signal, historySize: HISTORY_LINES });
  // In raw mode Ctrl-C is a key like any other: hand it to whoever listens for the signal.
  editor.on("SIGINT", () => process.emit("SIGINT"));
  try {
    editor.prompt();
    for await (const line of editor) {
      if (line.trim() === quit) return;
      yield line;
      editor.prompt();
    }
    // Ctrl-D leaves the cursor behind the prompt.
    output.write("\n");
    signal.throwIfAborted();
  } finally {
    editor.close();
  }
}
