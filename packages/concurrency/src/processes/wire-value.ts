import { deserialize, serialize } from "node:v8";

import { ConcurrencyError } from "../errors.ts";

/**
 * Copies a value into bytes by the structured clone algorithm. IPC could do that by itself, but here
 * what cannot be copied is found out at the call that brought it, and a queue can store and pass on
 * items that it never reads.
 *
 * Throws `ERR_CONCURRENCY_CLONE` for functions, symbols, promises and whatever holds one.
 */
export function encodeValue(value: unknown, what: string): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    throw new ConcurrencyError(
      "ERR_CONCURRENCY_CLONE",
      `${what} cannot be copied to another process: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

export function decodeValue(bytes: Uint8Array): unknown {
  return deserialize(bytes);
}
