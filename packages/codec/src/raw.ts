import type { Codec } from "./codec.ts";

/**
 * A codec whose messages are bytes as they are. Both directions copy: what is encoded may be changed
 * afterwards, and what is decoded stays when its source is used again.
 *
 * @example
 * import { raw } from "@netloom/codec";
 * console.log(raw().decode(Uint8Array.of(1, 2))); // Uint8Array(2) [ 1, 2 ]
 */
export function raw(): Codec<Uint8Array> {
  return { encode: copy, decode: copy };
}

// Not value.slice(): on a Node Buffer that would be a view of the same memory.
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
