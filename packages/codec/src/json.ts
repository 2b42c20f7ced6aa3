import type { Codec } from "./codec.ts";
import { decodeText } from "./decode-text.ts";
import { encodeUtf8 } from "./encode-text.ts";
import { CodecError } from "./errors.ts";
import { findJsonFault } from "./json-fault.ts";
import { checkBytes, messageLimits } from "./limits.ts";
import type { MessageLimits } from "./limits.ts";

/** Options of {@link json}. */
export interface JsonOptions extends MessageLimits {}

/**
 * A codec whose messages are values as JSON in UTF-8 (RFC 8259), written as `JSON.stringify` does.
 *
 * Made for bytes from a peer that is not trusted: size and depth are limited, bytes that are not UTF-8
 * and keys named `__proto__` are errors. `T` is what you expect; it is not checked.
 *
 * @throws CodecError `ERR_CODEC_OPTION`. The codec throws `ERR_CODEC_MALFORMED` (with `offset`, but for
 * keys) and `ERR_CODEC_LIMIT` on decoding; `ERR_CODEC_TYPE` (what JSON has no form for: a bigint, a
 * cycle, a function on its own) and `ERR_CODEC_LIMIT` on encoding.
 * @example
 * import { json } from "@netloom/codec";
 * const message = json<{ id: number }>();
 * console.log(message.decode(message.encode({ id: 7 }))); // { id: 7 }
 */
export function json<T = unknown>(options: JsonOptions = {}): Codec<T> {
  const { maxBytes, maxDepth } = messageLimits(options);
  return {
    encode(value) {
      const text = stringify(value);
      const bytes = encodeUtf8(text, "strict");
      checkBytes("json", bytes.length, maxBytes);
      checkDepth(bytes, maxDepth);
      // Inside a string the last quote would stand after a backslash: this is a key.
      if (text.includes('"__proto__":')) {
        throw new CodecError("ERR_CODEC_TYPE", 'json: the key "__proto__" cannot be encoded');
      }
      return bytes;
    },
    decode(bytes) {
      checkBytes("json", bytes.length, maxBytes);
      checkDepth(bytes, maxDepth);
      const text = decodeText(bytes, "utf-8");
      const value = parse(text);
      // A key may be written with escapes, so any escape is reason enough to look.
      if (/__proto__|\\u/.test(text) && hasPrototypeKey(value)) {
        throw new CodecError("ERR_CODEC_MALFORMED", 'json: the message has the key "__proto__"');
      }
      return value as T;
    },
  };
}

function stringify(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    const message = `json: the value cannot be encoded: ${String(cause)}`;
    throw new CodecError("ERR_CODEC_TYPE", message, { cause });
  }
  // The declared type of JSON.stringify leaves out that undefined, functions and symbols have no text.
  if (text === undefined) {
    throw new CodecError("ERR_CODEC_TYPE", `json: ${typeof value} cannot be encoded`);
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const index = findJsonFault(text);
    const offset = encodeUtf8(text.slice(0, index), "strict").length;
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const what =
      index < text.length ? `unexpected ${JSON.stringify(character)}` : "the text ends too early";
    const message = `json: ${what} at byte ${offset}`;
    throw new CodecError("ERR_CODEC_MALFORMED", message, { offset, cause });
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Counts brackets outside of strings. In UTF-8 these bytes are never part of another character. */
function checkDepth(bytes: Uint8Array, maxDepth: number): void {
  let depth = 0;
  let inString = false;
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset] ?? 0;
    if (inString) {
      if (byte === backslash) offset++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if ((byte | 0x20) === 0x7b) {
      // [ and {
      if (++depth > maxDepth) {
        const message = `json: nested more than ${maxDepth} deep at byte ${offset}`;
        throw new CodecError("ERR_CODEC_LIMIT", message, { offset });
      }
    } else if ((byte | 0x20) === 0x7d) {
      // ] and }
      depth--;
    }
  }
}

function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasPrototypeKey);
  return Object.entries(value).some(
    ([key, inner]) => key === "__proto__" || hasPrototypeKey(inner),
  );
}
