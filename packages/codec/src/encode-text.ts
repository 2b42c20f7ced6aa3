import { encodingName, errorPolicy } from "./encodings.ts";
import type { TextErrors, TextOptions } from "./encodings.ts";
import { encodeGbk } from "./gbk.ts";
import { encodeError } from "./text-fault.ts";
import { isWellFormed } from "./well-formed.ts";

const utf8Encoder = new TextEncoder();
const questionMark = 0x3f;

/**
 * The bytes of a text, without a byte order mark, equal to those of CPython's codec of the same name.
 *
 * @throws CodecError `ERR_CODEC_UNENCODABLE` when `errors` is `strict` and a character has no bytes (in
 * UTF-8 half a surrogate pair); `offset` and `end` are its code units in `text`. `ERR_CODEC_ENCODING`.
 * @example
 * import { encodeText } from "@netloom/codec";
 * console.log(encodeText("你好", "gbk")); // Uint8Array(4) [ 196, 227, 186, 195 ]
 * console.log(encodeText("5 €", "gbk", { errors: "replace" })); // Uint8Array(3) [ 53, 32, 63 ]
 */
export function encodeText(text: string, encoding: string, options: TextOptions = {}): Uint8Array {
  const errors = errorPolicy(options);
  if (encodingName(encoding) === "utf-8") return encodeUtf8(text, errors);
  return encodeGbk(text, (start, end) => {
    if (errors === "strict") {
      throw encodeError("gbk", text, start, end, "illegal multibyte sequence");
    }
    return errors === "replace" ? questionMark : undefined;
  });
}

/** Encodes to UTF-8. The platform's encoder would write U+FFFD for half a surrogate pair. */
export function encodeUtf8(text: string, errors: TextErrors): Uint8Array {
  if (isWellFormed(text)) return utf8Encoder.encode(text);
  if (errors === "strict") {
    // With the u flag the class matches only halves that stand alone.
    const fault = /[\ud800-\udfff]+/u.exec(text);
    const start = fault?.index ?? 0;
    const end = start + (fault?.[0].length ?? 0);
    throw encodeError("utf-8", text, start, end, "surrogates not allowed");
  }
  return utf8Encoder.encode(text.replace(/[\ud800-\udfff]/gu, errors === "replace" ? "?" : ""));
}
