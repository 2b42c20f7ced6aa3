import assert from "node:assert/strict";
import type { ContractCase } from "./contract.ts";
import { assertBlocks, assertSameBytes, blocksWithout, fill, pattern, readAll } from "./payload.ts";
import { observe, streamCase, turns } from "./stream-case.ts";

/** The graceful end of a stream. */
export const closingCases: readonly ContractCase[] = [
  streamCase("close: what was written arrives, then a clean end", async ({ a, b }) => {
    await a.write(pattern(50_000));
    const close = observe(a.close());
    assertSameBytes(await readAll(b), pattern(50_000));
    await close.promise;
  }),

  streamCase("close: the writes in line are sent as well", async ({ a, b }) => {
    const writes = fill(a);
    const close = observe(a.close());
    await turns(20);
    assert.equal(close.state, "waiting");
    assertBlocks(await readAll(b), blocksWithout());
    await close.promise;
    for (const write of writes) await write.promise;
  }),

  streamCase("close: does not wait for the peer to end its side", async ({ a, b }) => {
    await a.write(pattern(10));
    const read = observe(readAll(b));
    await a.close();
    assertSameBytes(await read.promise, pattern(10));
  }),

  streamCase("close: both sides at the same time", async ({ a, b }) => {
    await Promise.all([a.close(), b.close()]);
  }),

  streamCase("close: one side after the other", async ({ a, b }) => {
    await a.end();
    await readAll(b);
    await b.close();
    assert.equal((await readAll(a)).length, 0);
    await a.close();
  }),

  streamCase("close: may be called again, at once and later", async ({ a, b }) => {
    await a.write(pattern(10));
    const closes = [observe(a.close()), observe(a.close())];
    assertSameBytes(await readAll(b), pattern(10));
    for (const close of closes) await close.promise;
    await a.close();
  }),

  streamCase("close: a write afterwards is closed", async (t) => {
    const close = observe(t.a.close());
    await t.rejects(t.a.write(pattern(1)), "closed");
    assert.equal((await readAll(t.b)).length, 0);
    await close.promise;
    await t.rejects(t.a.write(pattern(1)), "closed");
  }),

  streamCase("close: a read afterwards is closed, whatever had arrived", async (t) => {
    await t.b.write(pattern(10));
    await turns(20);
    const close = observe(t.a.close());
    await t.rejects(readAll(t.a), "closed");
    await t.b.close();
    await close.promise;
    await t.rejects(readAll(t.a), "closed");
  }),

  streamCase("close: a read that waits is closed", async (t) => {
    const read = observe(t.a[Symbol.asyncIterator]().next());
    await turns(5);
    const close = observe(t.a.close());
    await t.rejects(read.promise, "closed");
    await close.promise;
  }),

  streamCase("close: after end() it still resolves", async ({ a, b }) => {
    await a.write(pattern(10));
    await a.end();
    const close = observe(a.close());
    assertSameBytes(await readAll(b), pattern(10));
    await close.promise;
  }),

  streamCase("close: an end() afterwards settles", async ({ a, b }) => {
    const close = observe(a.close());
    const end = observe(a.end());
    assert.equal((await readAll(b)).length, 0);
    await close.promise;
    await end.promise.catch(() => {});
  }),

  streamCase("close: resolves when the peer has destroyed the stream", async (t) => {
    t.b.destroy();
    await t.a.close();
    await t.a.close();
  }),

  streamCase("close: a peer that goes on writing sees the stream broken", async (t) => {
    const close = observe(t.a.close());
    const writing = (async () => {
      while (!t.over()) {
        await t.b.write(pattern(10_000));
        await turns(1);
      }
    })();
    await t.rejects(writing, "broken");
    await close.promise;
  }),

  streamCase("close: a write of the peer that waits settles", async (t) => {
    const last = fill(t.b).at(-1);
    await turns(20);
    assert.equal(last?.state, "waiting");
    const close = observe(t.a.close());
    // Dropped by this side or refused by the transport: either is right, waiting for ever is not.
    await last.promise.catch(() => {});
    await close.promise;
  }),

  streamCase("close: `await using` closes gracefully", async ({ a, b }) => {
    {
      await using stream = a;
      await stream.write(pattern(1000));
    }
    assertSameBytes(await readAll(b), pattern(1000));
    await a.close();
  }),
];
