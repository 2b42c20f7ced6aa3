import { encodingName, errorPolicy } from "./encodings.ts";
import type { Encoding, TextErrors, TextOptions } from "./encodings.ts";
import { CodecError } from "./errors.ts";
import { decodeValidGbk, findGbkFault } from "./gbk.ts";
import { decodeError } from "./text-fault.ts";
import type { ByteFault } from "./text-fault.ts";
import { cutUtf8, findUtf8Fault } from "./utf8.ts";

// ignoreBOM: a mark at the start is a character of the text like any other, as in CPython's utf-8.
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const replacingUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text of bytes, equal to that of CPython's codec of the same name: a byte order mark is kept as
 * U+FEFF.
 *
 * @throws CodecError `ERR_CODEC_MALFORMED` when `errors` is `strict` and bytes are not text; `offset` and
 * `end` are those bytes. `ERR_CODEC_ENCODING`. `ERR_CODEC_LIMIT` for what is too long for one string.
 * @example
 * import { decodeText } from "@netloom/codec";
 * console.log(decodeText(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3), "gbk")); // 你好
 */
export function decodeText(bytes: Uint8Array, encoding: string, options: TextOptions = {}): string {
  return decodeAll(encodingName(encoding), bytes, errorPolicy(options), 0);
}

/** Decodes all bytes; they start at offset `base` of the whole input. */
export function decodeAll(
  encoding: Encoding,
  bytes: Uint8Array,
  errors: TextErrors,
  base: number,
): string {
  if (encoding === "gbk") return decodePieces(gbk, bytes, errors, base, true).text;
  if (errors === "replace") return oneString(() => replacingUtf8.decode(bytes));
  return tryUtf8(bytes) ?? decodePieces(utf8, bytes, errors, base, true).text;
}

/** Decodes all bytes but those of a character that is cut off at the end; `length` is how many. */
export function decodeStart(
  encoding: Encoding,
  bytes: Uint8Array,
  errors: TextErrors,
  base: number,
): { readonly text: string; readonly length: number } {
  if (encoding === "gbk") return decodePieces(gbk, bytes, errors, base, false);
  const length = bytes.length - cutUtf8(bytes);
  const whole = bytes.subarray(0, length);
  if (errors === "replace") return { text: decodeAll(encoding, whole, errors, base), length };
  const text = tryUtf8(whole);
  // The cut character is looked at too: whether the one before it is cut as well or broken off by it is
  // the reason in the error.
  return text === undefined ? decodePieces(utf8, bytes, errors, base, false) : { text, length };
}

interface Decoding {
  readonly name: Encoding;
  readonly find: (bytes: Uint8Array, from: number) => ByteFault | undefined;
  readonly decodeValid: (bytes: Uint8Array) => string;
}

const gbk: Decoding = { name: "gbk", find: findGbkFault, decodeValid: decodeValidGbk };
const utf8: Decoding = {
  name: "utf-8",
  find: findUtf8Fault,
  decodeValid: (bytes) => strictUtf8.decode(bytes),
};

/** Finds the faults and gives what lies between them to the platform's decoder. */
function decodePieces(
  { name, find, decodeValid }: Decoding,
  bytes: Uint8Array,
  errors: TextErrors,
  base: number,
  final: boolean,
): { text: string; length: number } {
  const replacement = errors === "replace" ? "\ufffd" : "";
  let text = "";
  let at = 0;
  while (true) {
    const fault = find(bytes, at);
    const cut = fault?.truncated === true && !final;
    if (fault && errors === "strict" && !cut) throw decodeError(name, bytes, fault, base);
    const valid = bytes.subarray(at, fault?.start);
    if (valid.length > 0) text += oneString(() => decodeValid(valid));
    if (!fault || cut) return { text, length: fault?.start ?? bytes.length };
    text += replacement;
    at = fault.end;
  }
}

/** The text of valid UTF-8; undefined when it is not valid (or too long for one string). */
function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Engines bound the length of a string (about 2^29 units in V8) and each throws its own error. */
function oneString(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw new CodecError("ERR_CODEC_LIMIT", "the text is too long for one string", { cause });
  }
}
