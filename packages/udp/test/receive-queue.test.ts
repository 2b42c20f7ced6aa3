import { expect, it } from "vitest";
import type { Datagram } from "@netloom/udp";
import { ReceiveQueue } from "../src/receive-queue.ts";

function numbered(number: number): Datagram {
  return {
    data: Uint8Array.of(number >> 8, number & 255),
    from: { address: "127.0.0.1", port: 1, family: "IPv4" },
  };
}

function numberOf(datagram: Datagram | undefined): number {
  const [high = 0, low = 0] = datagram?.data ?? [];
  return high * 256 + low;
}

it("keeps the order and the bound whatever the rhythm of adding and reading", async () => {
  const limit = 50;
  const queue = new ReceiveQueue(limit);
  const loop = {};
  // The model: a plain array.
  let stored: number[] = [];
  let dropped = 0;
  let next = 0;
  let state = 12_345;
  for (let step = 0; step < 2_000; step++) {
    // A linear congruential generator, so that a failure repeats.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const count = state >>> 26;
    if (state % 2 === 0) {
      for (let index = 0; index < count; index++) {
        queue.add(numbered(next));
        if (stored.length < limit) stored.push(next);
        else dropped++;
        next = (next + 1) % 65_536;
      }
    } else {
      const taken = stored.slice(0, count);
      stored = stored.slice(count);
      for (const expected of taken) expect(numberOf(await queue.read(loop))).toBe(expected);
    }
    expect(queue.dropped).toBe(dropped);
  }
  expect(dropped).toBeGreaterThan(0);
});

it("only the loop that waits can cancel", async () => {
  const queue = new ReceiveQueue(1);
  const [waiting, other] = [{}, {}];
  const read = queue.read(waiting);
  queue.cancel(other);
  queue.add(numbered(7));
  expect(numberOf(await read)).toBe(7);
});

it("counts nothing after the end", async () => {
  const queue = new ReceiveQueue(1);
  queue.end(undefined);
  queue.add(numbered(1));
  queue.add(numbered(2));
  expect([await queue.read({}), queue.dropped]).toEqual([undefined, 0]);
});
