import type { Codec } from "./codec.ts";
import { decodeAll } from "./decode-text.ts";
import { encodeText } from "./encode-text.ts";
import { encodingName, errorPolicy } from "./encodings.ts";
import type { TextOptions } from "./encodings.ts";

/**
 * A codec whose messages are texts in one encoding.
 *
 * @throws CodecError `ERR_CODEC_ENCODING`, `ERR_CODEC_OPTION`; the codec throws what `encodeText` and
 * `decodeText` throw.
 * @example
 * import { text } from "@netloom/codec";
 * const gbk = text("gbk");
 * console.log(gbk.decode(gbk.encode("织网"))); // 织网
 */
export function text(encoding: string = "utf-8", options: TextOptions = {}): Codec<string> {
  const name = encodingName(encoding);
  const errors = errorPolicy(options);
  return {
    encode: (value) => encodeText(value, name, { errors }),
    decode: (bytes) => decodeAll(name, bytes, errors, 0),
  };
}
