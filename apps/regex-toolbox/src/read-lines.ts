import { AppError } from "@netloom/app-kit";
import type { Text } from "@netloom/app-kit";
import { CodecError, text } from "@netloom/codec";
import { FramingError, lines } from "@netloom/framing";

/** Longest line, in bytes: what is longer is no text that people write, and fills the memory. */
export const MAX_LINE_BYTES: number = 16 * 1024 * 1024;

/**
 * The lines of a stream in UTF-8, without their ends (LF or CRLF), as they arrive.
 *
 * @param name - of the stream, for errors
 * @throws AppError with status 2 for a line that is too long or no UTF-8, after the lines before it
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  name: Text,
): AsyncGenerator<string> {
  const decoder = lines({ maxFrameBytes: MAX_LINE_BYTES }).decoder();
  const codec = text("utf-8");
  let found: string[] = [];
  let count = 0;
  const keep = (buffer: Uint8Array, start: number, end: number): void => {
    found.push(codec.decode(buffer.subarray(start, end)));
    count++;
  };
  const take = function* (decode: () => void): Generator<string> {
    let failure: unknown;
    try {
      decode();
    } catch (error) {
      failure = lineError(error, count + 1, name);
    }
    yield* found;
    found = [];
    if (failure !== undefined) throw failure;
  };
  for await (const chunk of chunks) yield* take(() => decoder.push(chunk, keep));
  yield* take(() => decoder.end(keep));
}

function lineError(cause: unknown, line: number, name: Text): unknown {
  if (cause instanceof FramingError) {
    const text = {
      en: `line ${line} of ${name.en} is longer than ${MAX_LINE_BYTES} bytes`,
      zh: `${name.zh} 的第 ${line} 行超过 ${MAX_LINE_BYTES} 字节`,
    };
    return new AppError(text, { status: 2 });
  }
  if (!(cause instanceof CodecError)) return cause;
  const text = {
    en: `line ${line} of ${name.en} is no text in UTF-8`,
    zh: `${name.zh} 的第 ${line} 行不是 UTF-8 文本`,
  };
  return new AppError(text, { status: 2, cause });
}
