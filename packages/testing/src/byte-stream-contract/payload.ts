import assert from "node:assert/strict";
import type { ByteStream } from "@netloom/framing";
import { observe, type Observed } from "./stream-case.ts";

/** `size` bytes in which nearly every position differs from its neighbours and from where it could be moved to. */
export function pattern(size: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = (seed + 1) >>> 0;
  for (let index = 0; index < size; index++) {
    // A linear congruential generator (Numerical Recipes); its high byte is random enough here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Fails with the place of the first difference: a diff of a megabyte helps nobody. */
export function assertSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) === 0) return;
  const at = expected.findIndex((byte, index) => byte !== actual[index]);
  const where = at === -1 ? "bytes too many" : `bytes differ at ${at}`;
  assert.fail(`${where}: received ${actual.length} bytes, expected ${expected.length}`);
}

/** Everything that arrives until the peer ends. */
export async function readAll(stream: ByteStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return concat(chunks);
}

/** Reads until at least `size` bytes have arrived, then breaks off. */
export async function readAtLeast(stream: ByteStream, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    received += chunk.length;
    if (received >= size) break;
  }
  return concat(chunks);
}

export const blockBytes: number = 1024 * 1024;
export const blockCount: number = 32;

/**
 * Starts more writes than any transport buffers when nobody reads (32 MiB; loopback TCP takes up to
 * about 10), so that the last of them certainly waits. Write `n` is a block of bytes of value `n`.
 */
export function fill(
  stream: ByteStream,
  signals: { readonly [block: number]: AbortSignal | undefined } = {},
): Observed<void>[] {
  return Array.from({ length: blockCount }, (_, value) => {
    const block = new Uint8Array(blockBytes).fill(value);
    return observe(stream.write(block, { signal: signals[value] }));
  });
}

/** Checks that what arrived is exactly the blocks of `fill` with these values, whole and in order. */
export function assertBlocks(actual: Uint8Array, values: readonly number[]): void {
  assert.equal(actual.length, values.length * blockBytes, "number of bytes received");
  for (const [index, value] of values.entries()) {
    const block = actual.subarray(index * blockBytes, (index + 1) * blockBytes);
    // One native comparison: it is 32 MiB, in many cases.
    if (Buffer.compare(block, new Uint8Array(blockBytes).fill(value)) === 0) continue;
    const strange = block.findIndex((byte) => byte !== value);
    assert.fail(`block ${index} holds ${block[strange]}, expected only ${value}`);
  }
}

/** The values of all blocks of `fill` but these. */
export function blocksWithout(...absent: readonly number[]): number[] {
  return Array.from({ length: blockCount }, (_, value) => value).filter(
    (value) => !absent.includes(value),
  );
}
