import { count } from "@netloom/__name__";
import { expect, it } from "vitest";

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

it("counts line feeds and bytes, wherever the chunks are cut", async () => {
  expect(await count(chunks("one\ntw", "o\nthree"))).toEqual({ lines: 2, bytes: 13 });
  expect(await count(chunks())).toEqual({ lines: 0, bytes: 0 });
});
