const smallestCapacity = 256;
/** What an empty stash may keep for the next frame; more goes back to the collector. */
const keptCapacity = 64 * 1024;

/**
 * The bytes that a decoder holds between chunks: first in, first out, in one array, so that a frame
 * in it can be given out as one piece. It grows by doubling with what has arrived, never to a size
 * that was only announced: n bytes cost O(n) copies in all, and a peer has to send what it wants held.
 */
export class ByteStash {
  /** The bytes held lie from `start` to `end` of this array. */
  buffer: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  /** Appends `source` from `from` to `to`. */
  append(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (this.end + count > this.buffer.length) this.#makeRoom(count);
    if (count === 1) {
      this.buffer[this.end] = source[from] as number;
    } else {
      this.buffer.set(source.subarray(from, to), this.end);
    }
    this.end += count;
  }

  /** Drops everything before `position`. */
  dropTo(position: number): void {
    this.start = position;
    if (this.start === this.end) this.clear();
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
    if (this.buffer.length > keptCapacity) this.buffer = new Uint8Array(0);
  }

  #makeRoom(count: number): void {
    const held = this.length;
    const needed = held + count;
    // Moving to the front is worth it only when at least half is free: else it could be done again
    // and again for few bytes each.
    if (needed <= this.buffer.length / 2) {
      this.buffer.copyWithin(0, this.start, this.end);
    } else {
      const larger = new Uint8Array(Math.max(smallestCapacity, needed, this.buffer.length * 2));
      larger.set(this.buffer.subarray(this.start, this.end));
      this.buffer = larger;
    }
    this.start = 0;
    this.end = held;
  }
}
