import assert from "node:assert/strict";
import type { ContractCase } from "./contract.ts";
import { assertSameBytes, concat, pattern, readAll, readAtLeast } from "./payload.ts";
import { observe, streamCase } from "./stream-case.ts";

/** What is written arrives: all of it, once, in order, unchanged. */
export const bytesCases: readonly ContractCase[] = [
  streamCase("bytes: what is written arrives", async ({ a, b }) => {
    await a.write(pattern(100));
    assertSameBytes(await readAtLeast(b, 100), pattern(100));
  }),

  streamCase("bytes: writes of every size arrive in order", async ({ a, b }) => {
    const sizes = [1, 2, 3, 7, 255, 256, 1023, 1460, 4096, 16_383, 65_535, 65_536, 65_537, 300_000];
    const parts = sizes.map((size, index) => pattern(size, index));
    const received = observe(readAll(b));
    for (const part of parts) await a.write(part);
    await a.end();
    assertSameBytes(await received.promise, concat(parts));
  }),

  streamCase("bytes: many small writes that nobody awaits keep their order", async ({ a, b }) => {
    const parts = Array.from({ length: 2_000 }, (_, index) => pattern(1 + (index % 97), index));
    const received = observe(readAll(b));
    const writes = parts.map((part) => a.write(part));
    await Promise.all([...writes, a.end()]);
    assertSameBytes(await received.promise, concat(parts));
  }),

  streamCase("bytes: 1 MiB both ways at once", async ({ a, b }) => {
    const [there, back] = [pattern(1024 * 1024, 1), pattern(1024 * 1024, 2)];
    const send = async (stream: typeof a, bytes: Uint8Array): Promise<void> => {
      for (let at = 0; at < bytes.length; at += 10_000) {
        await stream.write(bytes.subarray(at, at + 10_000));
      }
      await stream.end();
    };
    const [atA, atB] = await Promise.all([readAll(a), readAll(b), send(a, there), send(b, back)]);
    assertSameBytes(atB, there);
    assertSameBytes(atA, back);
  }),

  streamCase("bytes: question and answer, one hundred times", async ({ a, b }) => {
    for (let round = 0; round < 100; round++) {
      const [question, answer] = [pattern(1 + round, round), pattern(200 - round, round)];
      await a.write(question);
      assertSameBytes(await readAtLeast(b, question.length), question);
      await b.write(answer);
      assertSameBytes(await readAtLeast(a, answer.length), answer);
    }
  }),

  streamCase("bytes: no chunk is empty, and an empty write is none", async ({ a, b }) => {
    for (const size of [0, 1, 0, 0, 2, 0]) await a.write(pattern(size));
    await a.end();
    let received = 0;
    for await (const chunk of b) {
      assert.ok(chunk instanceof Uint8Array, "a chunk is a Uint8Array");
      assert.notEqual(chunk.length, 0, "a chunk is not empty");
      received += chunk.length;
    }
    assert.equal(received, 3);
  }),

  streamCase("bytes: only an empty write, then the end, is no chunk", async ({ a, b }) => {
    await a.write(new Uint8Array(0));
    await a.end();
    for await (const chunk of b) assert.fail(`a chunk of ${chunk.length} bytes`);
  }),

  streamCase("bytes: of a view only what it shows is sent", async ({ a, b }) => {
    const whole = pattern(1000);
    await a.write(whole.subarray(300, 700));
    await a.write(new Uint8Array(whole.buffer, 999, 1));
    await a.end();
    assertSameBytes(await readAll(b), concat([whole.slice(300, 700), whole.slice(999)]));
  }),

  streamCase("bytes: a chunk belongs to the reader, who may change it", async ({ a, b }) => {
    const source = pattern(5000);
    const received: Uint8Array[] = [];
    for (let round = 0; round < 3; round++) {
      await a.write(source);
      let count = 0;
      for await (const chunk of b) {
        // Not `slice`: of a Buffer that is a view.
        received.push(new Uint8Array(chunk));
        chunk.fill(0xff);
        count += chunk.length;
        if (count >= source.length) break;
      }
    }
    assertSameBytes(source, pattern(5000));
    assertSameBytes(concat(received), concat([source, source, source]));
  }),
];
