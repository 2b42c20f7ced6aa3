/**
 * Values to bytes and back: the one interface that every message codec of this package has, and
 * that a codec of your own needs to travel through `@netloom/framing` and any transport.
 *
 * `encode` returns bytes that the caller owns. The bytes given to `decode` are valid only during
 * the call (a decoder may reuse its buffer): whatever is kept must be copied.
 *
 * @example
 * import type { Codec } from "@netloom/codec";
 * const point: Codec<{ x: number; y: number }> = {
 *   encode: ({ x, y }) => Uint8Array.of(x, y),
 *   decode: (bytes) => ({ x: bytes[0] ?? 0, y: bytes[1] ?? 0 }),
 * };
 */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}
