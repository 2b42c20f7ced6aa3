import assert from "node:assert/strict";
import type { ContractCase } from "./contract.ts";
import { fill, pattern, readAll } from "./payload.ts";
import { observe, streamCase, turns } from "./stream-case.ts";

const reason = new Error("the first reason");
const later = new Error("a later reason");

/** The immediate end of a stream, at this side and as the peer sees it. */
export const destroyingCases: readonly ContractCase[] = [
  streamCase("destroy: reads and writes are closed, and the cause is the reason", async (t) => {
    t.a.destroy(reason);
    assert.equal((await t.rejects(readAll(t.a), "closed")).cause, reason);
    assert.equal((await t.rejects(t.a.write(pattern(1)), "closed")).cause, reason);
  }),

  streamCase("destroy: without a reason", async (t) => {
    t.a.destroy();
    await t.rejects(readAll(t.a), "closed");
    await t.rejects(t.a.write(pattern(1)), "closed");
  }),

  streamCase("destroy: the first reason stays", async (t) => {
    t.a.destroy(reason);
    t.a.destroy(later);
    t.a.destroy();
    assert.equal((await t.rejects(readAll(t.a), "closed")).cause, reason);
    await turns(20);
    t.a.destroy(later);
    assert.equal((await t.rejects(t.a.write(pattern(1)), "closed")).cause, reason);
  }),

  streamCase("destroy: what had arrived is no longer read", async (t) => {
    await t.b.write(pattern(10));
    await turns(20);
    t.a.destroy();
    await t.rejects(readAll(t.a), "closed");
  }),

  streamCase("destroy: a read that waits is closed", async (t) => {
    const read = observe(t.a[Symbol.asyncIterator]().next());
    await turns(5);
    t.a.destroy(reason);
    assert.equal((await t.rejects(read.promise, "closed")).cause, reason);
  }),

  streamCase("destroy: a write that waits is closed", async (t) => {
    const last = fill(t.a).at(-1);
    await turns(20);
    assert.equal(last?.state, "waiting");
    t.a.destroy(reason);
    assert.equal((await t.rejects(last.promise, "closed")).cause, reason);
  }),

  streamCase("destroy: an end() that waits is closed", async (t) => {
    fill(t.a);
    const end = observe(t.a.end());
    await turns(20);
    assert.equal(end.state, "waiting");
    t.a.destroy(reason);
    assert.equal((await t.rejects(end.promise, "closed")).cause, reason);
  }),

  streamCase("destroy: a close() that waits resolves", async ({ a }) => {
    const last = fill(a).at(-1);
    const close = observe(a.close());
    await turns(20);
    assert.equal(close.state, "waiting");
    a.destroy(reason);
    await close.promise;
    await last?.promise.catch(() => {});
    assert.equal(last?.state, "rejected");
  }),

  streamCase("destroy: end() and close() afterwards", async (t) => {
    t.a.destroy(reason);
    await t.rejects(t.a.end(), "closed");
    await t.a.close();
    await t.a[Symbol.asyncDispose]();
  }),

  streamCase("destroy: after close() it changes nothing", async ({ a, b }) => {
    await a.write(pattern(1000));
    const read = observe(readAll(b));
    await a.close();
    a.destroy(reason);
    assert.equal((await read.promise).length, 1000);
  }),

  streamCase("destroy: the peer's reading is broken, not ended", async (t) => {
    t.a.destroy();
    await t.rejects(readAll(t.b), "broken");
  }),

  streamCase("destroy: the peer's read that waits is broken", async (t) => {
    const read = observe(t.b[Symbol.asyncIterator]().next());
    await turns(5);
    t.a.destroy();
    await t.rejects(read.promise, "broken");
  }),

  // Node reports a TCP reset that comes behind unread bytes as a clean end (libuv takes the hang-up for
  // one). Where this side has not ended, a write of no bytes at that moment fails and tells them apart.
  streamCase("destroy: in the middle of a message the peer's reading is broken", async (t) => {
    const read = observe(readAll(t.b));
    await t.a.write(pattern(100_000));
    t.a.destroy();
    await t.rejects(read.promise, "broken");
  }),

  streamCase("destroy: the peer's reading stays broken", async (t) => {
    t.a.destroy();
    await t.rejects(readAll(t.b), "broken");
    await t.rejects(readAll(t.b), "broken");
    await t.rejects(t.b[Symbol.asyncIterator]().next(), "broken");
  }),

  streamCase("destroy: the peer's writing is broken", async (t) => {
    t.a.destroy();
    const writing = (async () => {
      while (!t.over()) {
        await t.b.write(pattern(1000));
        await turns(1);
      }
    })();
    await t.rejects(writing, "broken");
    await t.rejects(t.b.write(pattern(1)), "broken");
  }),

  streamCase("destroy: a write of the peer that waits is broken", async (t) => {
    const last = fill(t.b).at(-1);
    await turns(20);
    assert.equal(last?.state, "waiting");
    t.a.destroy();
    await t.rejects(last.promise, "broken");
  }),

  streamCase("destroy: an end() of the peer that waits is broken", async (t) => {
    fill(t.b);
    const end = observe(t.b.end());
    await turns(20);
    assert.equal(end.state, "waiting");
    t.a.destroy();
    await t.rejects(end.promise, "broken");
  }),

  streamCase("destroy: of a stream that broke, what follows is closed", async (t) => {
    t.a.destroy();
    await t.rejects(readAll(t.b), "broken");
    t.b.destroy(reason);
    assert.equal((await t.rejects(readAll(t.b), "closed")).cause, reason);
    assert.equal((await t.rejects(t.b.write(pattern(1)), "closed")).cause, reason);
  }),

  streamCase("destroy: both sides at the same time", async (t) => {
    t.a.destroy(reason);
    t.b.destroy(later);
    await t.rejects(readAll(t.a), "closed");
    await t.rejects(readAll(t.b), "closed");
    await Promise.all([t.a.close(), t.b.close()]);
  }),
];
