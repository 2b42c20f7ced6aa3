import { Readable } from "node:stream";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EchoError } from "../src/errors.ts";
import { pipedTexts } from "../src/input-texts.ts";

const runs = process.env["NETLOOM_LONG"] ? 100_000 : 300;
const never = new AbortController().signal;

/** What was given out before the end or the error. */
async function collect(
  chunks: readonly Uint8Array[],
): Promise<{ texts: string[]; error: unknown }> {
  const texts: string[] = [];
  try {
    for await (const text of pipedTexts(Readable.from(chunks), never)) texts.push(text);
  } catch (error) {
    return { texts, error };
  }
  return { texts, error: undefined };
}

describe("pipedTexts", () => {
  it("gives the same lines wherever the input is cut", async () => {
    const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
    const cases = fc.record({
      texts: fc.array(line),
      ends: fc.constantFrom("\n", "\r\n"),
      size: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ texts, ends, size }) => {
        const bytes = Buffer.from(texts.map((text) => text + ends).join(""));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        expect(await collect(chunks)).toEqual({ texts, error: undefined });
      }),
      { numRuns: runs },
    );
  });

  it("says which line is no text, after the lines before it", async () => {
    const { texts, error } = await collect([Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0x0a])]);
    expect(texts).toEqual(["a", "b"]);
    expect(error).toBeInstanceOf(EchoError);
    expect(String(error)).toContain("line 3");
  });

  it("takes no line longer than the framing does, however it comes", async () => {
    const chunk = Buffer.alloc(1024, "x");
    const { texts, error } = await collect(Array.from({ length: 66 }, () => chunk));
    expect(texts).toEqual([]);
    expect(String(error)).toContain("line 1 of standard input is too long: 65536 bytes");
  });

  it("stops waiting when aborted", async () => {
    const controller = new AbortController();
    const input = new Readable({ read() {} });
    const texts = pipedTexts(input, controller.signal);
    const next = texts.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ name: "AbortError" });
    expect(input.destroyed).toBe(true);
  });
});
