/** What a text consists of. */
export interface Counts {
  /** Line feeds (0x0A), as `wc -l` counts. */
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Counts the lines and bytes of a stream of chunks, in constant memory.
 *
 * @example
 * import { createReadStream } from "node:fs";
 * import { count } from "@netloom/__name__";
 * console.log(await count(createReadStream("package.json")));
 */
export async function count(chunks: AsyncIterable<Uint8Array>): Promise<Counts> {
  let lines = 0;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  }
  return { lines, bytes };
}
