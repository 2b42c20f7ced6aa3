import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import type { ContractCase } from "./contract.ts";
import {
  assertBlocks,
  assertSameBytes,
  blockBytes,
  blockCount,
  blocksWithout,
  concat,
  fill,
  pattern,
  readAll,
} from "./payload.ts";
import { observe, streamCase, turns } from "./stream-case.ts";

const reason = new Error("the reason of the abort");

/** Writers that wait because the peer does not read, and writers that give up waiting. */
export const waitingCases: readonly ContractCase[] = [
  streamCase("back-pressure: writers wait for a peer that does not read", async ({ a, b }) => {
    const writes = fill(a);
    await turns(50);
    assert.equal(writes.at(-1)?.state, "waiting");
    const end = observe(a.end());
    assertBlocks(await readAll(b), blocksWithout());
    for (const write of writes) await write.promise;
    await end.promise;
  }),

  streamCase("back-pressure: writers go on in their order", async ({ a, b }) => {
    const order: number[] = [];
    const settled = fill(a).map(({ promise }, value) => promise.then(() => order.push(value)));
    const end = observe(a.end());
    await readAll(b);
    await Promise.all([...settled, end.promise]);
    assert.deepEqual(order, blocksWithout());
  }),

  streamCase("back-pressure: a reader that stops slows its writer down", async (t) => {
    let accepted = 0;
    const block = pattern(64 * 1024);
    const writing = observe(
      (async () => {
        while (accepted < blockCount * blockBytes && !t.over()) {
          await t.a.write(block);
          accepted += block.length;
        }
        await t.a.end();
      })(),
    );
    for await (const _ of t.b) break;
    await turns(50);
    assert.equal(writing.state, "waiting", `${accepted} bytes were accepted and nobody read them`);
    const rest = await readAll(t.b);
    assert.ok(rest.length > 0);
    await writing.promise;
  }),

  streamCase("back-pressure: a slow reader loses nothing", async ({ a, b }) => {
    const whole = pattern(500_000);
    const sent = observe(
      (async () => {
        for (let at = 0; at < whole.length; at += 7_000) await a.write(whole.slice(at, at + 7_000));
        await a.end();
      })(),
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of b) {
      chunks.push(chunk);
      await turns(3);
    }
    assertSameBytes(concat(chunks), whole);
    await sent.promise;
  }),

  streamCase(
    "back-pressure: one direction that waits does not stop the other",
    async ({ a, b }) => {
      const last = fill(a).at(-1);
      await b.write(pattern(1000));
      await b.end();
      assertSameBytes(await readAll(a), pattern(1000));
      assert.equal(last?.state, "waiting");
    },
  ),

  streamCase("abort: already aborted, nothing is written", async (t) => {
    const signal = AbortSignal.abort(reason);
    const error = await t.rejects(t.a.write(pattern(10), { signal }), "aborted");
    assert.equal(error.cause, reason);
    await t.a.write(pattern(20, 1));
    await t.a.end();
    assertSameBytes(await readAll(t.b), pattern(20, 1));
  }),

  streamCase("abort: of a write in line, none of its bytes are sent", async (t) => {
    const [middle, last] = [new AbortController(), new AbortController()];
    const writes = fill(t.a, { [blockCount - 3]: middle.signal, [blockCount - 1]: last.signal });
    await turns(20);
    middle.abort(reason);
    const error = await t.rejects(writes.at(-3)?.promise ?? Promise.resolve(), "aborted");
    assert.equal(error.cause, reason);
    last.abort();
    await t.rejects(writes.at(-1)?.promise ?? Promise.resolve(), "aborted");
    const end = observe(t.a.end());
    assertBlocks(await readAll(t.b), blocksWithout(blockCount - 3, blockCount - 1));
    await end.promise;
    await writes.at(-2)?.promise;
  }),

  streamCase("abort: of the last write in line lets a waiting end() go on", async (t) => {
    const controller = new AbortController();
    const writes = fill(t.a, { [blockCount - 1]: controller.signal });
    const end = observe(t.a.end());
    await turns(20);
    controller.abort();
    await t.rejects(writes.at(-1)?.promise ?? Promise.resolve(), "aborted");
    assertBlocks(await readAll(t.b), blocksWithout(blockCount - 1));
    await end.promise;
  }),

  streamCase("abort: after the write was accepted it changes nothing", async ({ a, b }) => {
    const controller = new AbortController();
    await a.write(pattern(1000), { signal: controller.signal });
    controller.abort();
    await a.write(pattern(1000, 1));
    await a.end();
    assertSameBytes(await readAll(b), concat([pattern(1000), pattern(1000, 1)]));
  }),

  streamCase("abort: no listener stays on the signal, whatever the outcome", async (t) => {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = (): number => getEventListeners(signal, "abort").length;
    await t.a.write(pattern(10), { signal });
    assert.equal(listeners(), 0, "after a write that was accepted at once");

    const other = new AbortController();
    const writes = fill(t.a, { [blockCount - 2]: signal, [blockCount - 1]: other.signal });
    await turns(20);
    other.abort();
    await t.rejects(writes.at(-1)?.promise ?? Promise.resolve(), "aborted");
    assert.equal(getEventListeners(other.signal, "abort").length, 0, "after an abort");
    const end = observe(t.a.end());
    await readAll(t.b);
    await end.promise;
    assert.equal(listeners(), 0, "after a write that waited");

    const last = fill(t.b, { [blockCount - 1]: signal }).at(-1);
    await turns(20);
    t.b.destroy();
    await t.rejects(last?.promise ?? Promise.resolve(), "closed");
    assert.equal(listeners(), 0, "after destroy");
  }),
];
