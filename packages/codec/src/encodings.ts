import { CodecError } from "./errors.ts";

/** The text encodings by the names that {@link encodings} lists. */
export type Encoding = "utf-8" | "gbk";

/** Every text encoding that this package knows. Each has aliases: `utf8`, `cp936`, `936`, ... */
export const encodings: readonly Encoding[] = Object.freeze(["utf-8", "gbk"] as const);

/**
 * What to do with a character that cannot be encoded, or with bytes that are not text: `strict` throws,
 * `replace` puts `?` (encoding) or U+FFFD (decoding) in its place, `ignore` leaves it out.
 */
export type TextErrors = "strict" | "replace" | "ignore";

/** Options of the text functions. */
export interface TextOptions {
  /** What to do with what does not fit. Default `strict`. */
  readonly errors?: TextErrors | undefined;
}

// Python's aliases of the two, in lower case and without separators.
const aliases: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ["utf8", "utf-8"],
  ["u8", "utf-8"],
  ["utf", "utf-8"],
  ["cp65001", "utf-8"],
  ["gbk", "gbk"],
  ["cp936", "gbk"],
  ["936", "gbk"],
  ["ms936", "gbk"],
]);

/**
 * The name under which an encoding is listed. Case, `-`, `_` and white space do not count.
 *
 * @throws CodecError `ERR_CODEC_ENCODING`, with the encodings that are known.
 * @example
 * import { encodingName } from "@netloom/codec";
 * console.log(encodingName("CP936")); // gbk
 */
export function encodingName(encoding: string): Encoding {
  const isString = typeof encoding === "string";
  const known = isString && aliases.get(encoding.toLowerCase().replace(/[-_\s]/g, ""));
  if (!known) {
    const message = `unknown encoding "${encoding}"; known are ${encodings.join(", ")}`;
    throw new CodecError("ERR_CODEC_ENCODING", message);
  }
  return known;
}

/** The `errors` option, checked. */
export function errorPolicy(options: TextOptions): TextErrors {
  const errors = options.errors ?? "strict";
  if (errors !== "strict" && errors !== "replace" && errors !== "ignore") {
    const message = `errors is strict, replace or ignore, not "${String(errors)}"`;
    throw new CodecError("ERR_CODEC_OPTION", message);
  }
  return errors;
}
