// Not "msgpackr" itself: under Node that loads a native add-on and node:stream. This entry is plain
// JavaScript everywhere and holds the decoder too.
import { Packr, RESET_BUFFER_MODE } from "msgpackr/pack";
import type { Codec } from "./codec.ts";
import { CodecError } from "./errors.ts";
import { checkBytes, messageLimits } from "./limits.ts";
import type { MessageLimits } from "./limits.ts";
import { checkMessagePack } from "./msgpack-bytes.ts";
import { checkValue } from "./msgpack-value.ts";

/** Options of {@link msgpack}. */
export interface MsgpackOptions extends MessageLimits {}

const settings = {
  // Maps as plain maps, which every implementation reads, not as msgpackr's records.
  useRecords: false,
  variableMapSize: true,
  mapsAsObjects: true,
  structuredClone: false,
  moreTypes: false,
  useToJSON: false,
  skipValues: [undefined],
  int64AsType: "bigint",
  copyBuffers: true,
} as const;

/**
 * A codec whose messages are values in MessagePack: null, booleans, numbers, strings, `Uint8Array`,
 * `Date`, arrays and plain objects of these, and bigints of 64 bits. What would not come back as it was
 * (a Map, a Set, a class instance, `undefined` in an array) is refused; a property that is `undefined` is
 * left out, and -0 becomes 0. An integer that another program wrote in 64 bits comes as a bigint, of
 * whatever size it is.
 *
 * Made for bytes from a peer that is not trusted: size and depth are limited; extension types other than
 * the timestamp, keys named `__proto__`, keys that are neither strings nor numbers, strings that are not
 * UTF-8, and bytes after the message are errors. `T` is what you expect; it is not checked.
 *
 * @throws CodecError `ERR_CODEC_OPTION`. The codec throws `ERR_CODEC_MALFORMED` (with `offset`) and
 * `ERR_CODEC_LIMIT` on decoding; `ERR_CODEC_TYPE`, `ERR_CODEC_RANGE`, `ERR_CODEC_UNENCODABLE` and
 * `ERR_CODEC_LIMIT` on encoding.
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 * @example
 * import { msgpack } from "@netloom/codec";
 * const message = msgpack<{ id: number; name: string }>();
 * const bytes = message.encode({ id: 7, name: "loom" });
 * console.log(bytes.length, message.decode(bytes)); // 15 { id: 7, name: 'loom' }
 */
export function msgpack<T = unknown>(options: MsgpackOptions = {}): Codec<T> {
  const { maxBytes, maxDepth } = messageLimits(options);
  const packr = new Packr({ ...settings });
  return {
    encode(value) {
      checkValue(value, maxDepth);
      const packed: Uint8Array = packr.pack(value, RESET_BUFFER_MODE);
      checkBytes("msgpack", packed.length, maxBytes);
      // What msgpackr returns is a view of the memory in which it will write the next message.
      return new Uint8Array(packed);
    },
    decode(bytes) {
      checkBytes("msgpack", bytes.length, maxBytes);
      checkMessagePack(bytes, maxDepth);
      // A view of our own: msgpackr leaves a property on it, and binary values take its class.
      const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      try {
        return packr.unpack(view) as T;
      } catch (cause) {
        const message = "msgpack: the message cannot be decoded";
        throw new CodecError("ERR_CODEC_MALFORMED", message, { cause });
      }
    },
  };
}
