import { CodecError } from "./errors.ts";

/** Bounds of what a message codec takes from a peer, and of what it sends to one. */
export interface MessageLimits {
  /**
   * Largest message in bytes, in both directions. Default 16 MiB (16,777,216); 1 to 2^32 - 1.
   *
   * Decoded values take more memory than their bytes do: up to about 60 times as much for a message that
   * is nothing but empty maps.
   */
  readonly maxBytes?: number | undefined;
  /**
   * Deepest nesting of arrays and objects, in both directions: `[[1]]` is 2 deep. Default 100 (as in
   * Protocol Buffers); 1 to 1000, so that programs that walk the value do not run out of stack.
   */
  readonly maxDepth?: number | undefined;
}

/** The limits with defaults, checked. */
export function messageLimits(limits: MessageLimits): { maxBytes: number; maxDepth: number } {
  return {
    maxBytes: bounded("maxBytes", limits.maxBytes ?? 16 * 1024 * 1024, 0xffffffff),
    maxDepth: bounded("maxDepth", limits.maxDepth ?? 100, 1000),
  };
}

function bounded(name: string, value: number, most: number): number {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    const message = `${name} is an integer from 1 to ${most}, not ${String(value)}`;
    throw new CodecError("ERR_CODEC_OPTION", message);
  }
  return value;
}

/** Throws when a message is larger than allowed. */
export function checkBytes(codec: string, length: number, maxBytes: number): void {
  if (length > maxBytes) {
    const message = `${codec}: the message has ${length} bytes, more than ${maxBytes}`;
    throw new CodecError("ERR_CODEC_LIMIT", message, { offset: maxBytes });
  }
}
