import assert from "node:assert/strict";
import type { ContractCase } from "./contract.ts";
import { assertSameBytes, concat, pattern, readAll, readAtLeast } from "./payload.ts";
import { observe, streamCase, turns } from "./stream-case.ts";

const done = { done: true, value: undefined };

/** One reader at a time, who may come and go. */
export const readingCases: readonly ContractCase[] = [
  streamCase("reading: a read waits until something is written", async ({ a, b }) => {
    const read = observe(b[Symbol.asyncIterator]().next());
    await turns(20);
    assert.equal(read.state, "waiting");
    await a.write(pattern(10));
    assert.equal((await read.promise).done, false);
  }),

  streamCase("reading: break loses nothing, and a later loop goes on", async ({ a, b }) => {
    const whole = pattern(200_000);
    const sent = observe(
      (async () => {
        for (let at = 0; at < whole.length; at += 1000) await a.write(whole.slice(at, at + 1000));
        await a.end();
      })(),
    );
    const received: Uint8Array[] = [];
    // One chunk a loop: with every chunk the loop is left and entered again.
    for (let ended = false; !ended;) {
      ended = true;
      for await (const chunk of b) {
        received.push(chunk);
        ended = false;
        break;
      }
    }
    await sent.promise;
    assertSameBytes(concat(received), whole);
  }),

  streamCase("reading: break leaves the stream open both ways", async ({ a, b }) => {
    await a.write(pattern(10));
    await readAtLeast(b, 10);
    await turns(20);
    await b.write(pattern(20));
    assertSameBytes(await readAtLeast(a, 20), pattern(20));
    await a.write(pattern(30));
    assertSameBytes(await readAtLeast(b, 30), pattern(30));
  }),

  streamCase("reading: an error thrown in the loop's body leaves it open too", async ({ a, b }) => {
    await a.write(pattern(10));
    const thrown = new Error("thrown by the reader");
    const loop = (async () => {
      for await (const _ of b) throw thrown;
    })();
    await assert.rejects(loop, (error) => error === thrown);
    await a.write(pattern(10));
    await a.end();
    // At least the second ten: the first chunk may have held the first ten or all that was written.
    await readAll(b);
    await b.write(pattern(5));
    assertSameBytes(await readAtLeast(a, 5), pattern(5));
  }),

  streamCase("reading: a second reader is busy, and the first goes on", async (t) => {
    const first = observe(t.b[Symbol.asyncIterator]().next());
    await t.rejects(t.b[Symbol.asyncIterator]().next(), "busy");
    await t.a.write(pattern(10));
    const result = await first.promise;
    assert.ok(result.done !== true);
    assertSameBytes(result.value, pattern(result.value.length));
  }),

  streamCase("reading: two reads by one iterator are busy as well", async (t) => {
    const iterator = t.b[Symbol.asyncIterator]();
    const first = observe(iterator.next());
    await t.rejects(iterator.next(), "busy");
    await t.a.write(pattern(10));
    assert.equal((await first.promise).done, false);
  }),

  streamCase("reading: after busy the stream is read on as before", async (t) => {
    const first = observe(t.b[Symbol.asyncIterator]().next());
    await t.rejects(t.b[Symbol.asyncIterator]().next(), "busy");
    await t.a.write(pattern(1));
    await first.promise;
    await t.a.write(pattern(50, 1));
    assertSameBytes(await readAtLeast(t.b, 50), pattern(50, 1));
  }),

  streamCase("reading: return() ends a read that waits and loses nothing", async ({ a, b }) => {
    const iterator = b[Symbol.asyncIterator]();
    const read = observe(iterator.next());
    await turns(5);
    assert.ok(iterator.return !== undefined, "an iterator has return()");
    assert.deepEqual(await iterator.return(), done);
    assert.deepEqual(await read.promise, done);
    assert.deepEqual(await iterator.next(), done);
    await a.write(pattern(10));
    assertSameBytes(await readAtLeast(b, 10), pattern(10));
  }),

  streamCase("reading: what was written before the first read is not lost", async ({ a, b }) => {
    await a.write(pattern(1000));
    await a.end();
    await turns(20);
    assertSameBytes(await readAll(b), pattern(1000));
  }),

  streamCase("reading: after the end every loop ends at once", async ({ a, b }) => {
    await a.write(pattern(10));
    await a.end();
    assertSameBytes(await readAll(b), pattern(10));
    assert.equal((await readAll(b)).length, 0);
    assert.deepEqual(await b[Symbol.asyncIterator]().next(), done);
  }),

  streamCase("reading: a read that waits ends with the peer's end", async ({ a, b }) => {
    const read = observe(b[Symbol.asyncIterator]().next());
    await turns(5);
    await a.end();
    assert.deepEqual(await read.promise, done);
  }),
];
