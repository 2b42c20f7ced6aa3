import { AppError } from "@netloom/app-kit";
import { expect, it } from "vitest";

import { MAX_LINE_BYTES, readLines } from "../src/read-lines.ts";

const name = { en: "a.txt", zh: "a.txt" };

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function read(...parts: Uint8Array[]): Promise<{ lines: string[]; error?: unknown }> {
  const lines: string[] = [];
  try {
    for await (const line of readLines(chunks(...parts), name)) lines.push(line);
  } catch (error) {
    return { lines, error };
  }
  return { lines };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

it("gives the same lines wherever the chunks are cut", async () => {
  const bytes = utf8("织网\r\n\n😀 b\nlast");
  const expected = { lines: ["织网", "", "😀 b", "last"] };
  expect(await read(bytes)).toEqual(expected);
  expect(await read(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(expected);
  }
  expect(await read()).toEqual({ lines: [] });
});

it("names the line that is no UTF-8, after those before it", async () => {
  const { lines, error } = await read(utf8("one\ntwo\n"), Uint8Array.of(0xc4, 0xe3, 0x0a));
  expect(lines).toEqual(["one", "two"]);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ status: 2, message: "line 3 of a.txt is no text in UTF-8" });
});

it("does not collect a line without end", async () => {
  const mebibyte = new Uint8Array(1024 * 1024).fill(0x61);
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += mebibyte.length;
      yield mebibyte;
    }
  }
  await expect(readLines(endless(), name).next()).rejects.toMatchObject({ status: 2 });
  expect(given).toBeLessThanOrEqual(MAX_LINE_BYTES + 2 * mebibyte.length);
});
