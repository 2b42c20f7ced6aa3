import assert from "node:assert/strict";
import type { ContractCase } from "./contract.ts";
import {
  assertBlocks,
  assertSameBytes,
  blocksWithout,
  fill,
  pattern,
  readAll,
  readAtLeast,
} from "./payload.ts";
import { observe, streamCase, turns } from "./stream-case.ts";

/** Each direction ends by itself. */
export const halfCloseCases: readonly ContractCase[] = [
  streamCase("half-close: after the end this side still reads", async ({ a, b }) => {
    await a.end();
    assert.equal((await readAll(b)).length, 0);
    await turns(20);
    await b.write(pattern(1000));
    await b.end();
    assertSameBytes(await readAll(a), pattern(1000));
  }),

  streamCase(
    "half-close: after the peer's end this side still writes, for long",
    async ({ a, b }) => {
      await b.end();
      assert.equal((await readAll(a)).length, 0);
      const received = observe(readAll(b));
      for (let round = 0; round < 100; round++) await a.write(pattern(10_000, round));
      await a.end();
      assert.equal((await received.promise).length, 1_000_000);
    },
  ),

  streamCase("half-close: a request that ends, an answer that ends", async ({ a, b }) => {
    const server = observe(
      (async () => {
        const request = await readAll(b);
        await b.write(request.toReversed());
        await b.end();
      })(),
    );
    await a.write(pattern(70_000));
    await a.end();
    assertSameBytes(await readAll(a), pattern(70_000).toReversed());
    await server.promise;
  }),

  streamCase("half-close: both ends at the same time", async ({ a, b }) => {
    await Promise.all([a.write(pattern(10)), b.write(pattern(20))]);
    await Promise.all([a.end(), b.end()]);
    assertSameBytes(await readAll(a), pattern(20));
    assertSameBytes(await readAll(b), pattern(10));
  }),

  streamCase("half-close: end() comes after writes that nobody awaited", async ({ a, b }) => {
    const parts = [pattern(100_000, 1), pattern(1, 2), pattern(100_000, 3)];
    const writes = parts.map((part) => observe(a.write(part)));
    const end = observe(a.end());
    assert.equal((await readAll(b)).length, 200_001);
    for (const write of writes) await write.promise;
    await end.promise;
  }),

  streamCase("half-close: end() waits for the writes in line", async ({ a, b }) => {
    const writes = fill(a);
    const end = observe(a.end());
    await turns(20);
    assert.equal(end.state, "waiting");
    assertBlocks(await readAll(b), blocksWithout());
    await end.promise;
    for (const write of writes) await write.promise;
  }),

  streamCase("half-close: end() may be called again", async ({ a, b }) => {
    await a.write(pattern(10));
    await Promise.all([a.end(), a.end()]);
    await a.end();
    assertSameBytes(await readAll(b), pattern(10));
    await a.end();
  }),

  streamCase("half-close: a write after the own end is closed", async (t) => {
    await t.a.end();
    await t.rejects(t.a.write(pattern(1)), "closed");
    await t.rejects(t.a.write(pattern(1)), "closed");
    assert.equal((await readAll(t.b)).length, 0);
  }),

  streamCase("half-close: a write after end() is closed even while that waits", async (t) => {
    fill(t.a);
    const end = observe(t.a.end());
    await t.rejects(t.a.write(pattern(1)), "closed");
    assertBlocks(await readAll(t.b), blocksWithout());
    await end.promise;
  }),

  streamCase("half-close: after a failed write past the end reading goes on", async (t) => {
    await t.a.end();
    await t.rejects(t.a.write(pattern(1)), "closed");
    await t.b.write(pattern(10));
    assertSameBytes(await readAtLeast(t.a, 10), pattern(10));
  }),
];
