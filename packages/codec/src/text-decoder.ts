import { decodeAll, decodeStart } from "./decode-text.ts";
import { encodingName, errorPolicy } from "./encodings.ts";
import type { Encoding, TextErrors, TextOptions } from "./encodings.ts";
import { CodecError } from "./errors.ts";

/** Decodes text that comes in chunks. Once it has failed, every later call throws the same error. */
export interface IncrementalTextDecoder {
  /** The encoding by its listed name. */
  readonly encoding: Encoding;
  /**
   * The text that is complete now. A character that the chunk cuts is kept (at most 3 bytes) until the
   * rest of it comes. The chunk is not kept.
   *
   * @throws CodecError as `decodeText`, with offsets from the start of the whole input.
   */
  decode(chunk: Uint8Array): string;
  /**
   * Says that no more bytes will come. Returns what `errors` puts in place of a character that was cut
   * off: U+FFFD for `replace`, nothing for `ignore`.
   *
   * @throws CodecError when `errors` is `strict` and the input ends inside a character.
   */
  end(): string;
}

/**
 * A decoder for one stream of bytes. The texts that it gives, put together, are what `decodeText` gives
 * for all bytes at once, however they were cut.
 *
 * @throws CodecError `ERR_CODEC_ENCODING`, `ERR_CODEC_OPTION`
 * @example
 * import { textDecoder } from "@netloom/codec";
 * const decoder = textDecoder("gbk");
 * const text = decoder.decode(Uint8Array.of(0xc4)) + decoder.decode(Uint8Array.of(0xe3));
 * console.log(text + decoder.end()); // 你
 */
export function textDecoder(encoding: string, options: TextOptions = {}): IncrementalTextDecoder {
  return new ChunkDecoder(encodingName(encoding), errorPolicy(options));
}

const nothing = new Uint8Array(0);

class ChunkDecoder implements IncrementalTextDecoder {
  readonly encoding: Encoding;
  readonly #errors: TextErrors;
  /** The bytes of a character that the last chunk cut. */
  #held: Uint8Array = nothing;
  /** Bytes of the input before `#held`. */
  #consumed = 0;
  #failure: unknown;

  constructor(encoding: Encoding, errors: TextErrors) {
    this.encoding = encoding;
    this.#errors = errors;
  }

  decode(chunk: Uint8Array): string {
    return this.#attempt(() => {
      const bytes = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
      const { text, length } = decodeStart(this.encoding, bytes, this.#errors, this.#consumed);
      // Not bytes.slice(): of a Node Buffer that is a view of the chunk.
      this.#held = new Uint8Array(bytes.subarray(length));
      this.#consumed += length;
      return text;
    });
  }

  end(): string {
    return this.#attempt(() => {
      const text = decodeAll(this.encoding, this.#held, this.#errors, this.#consumed);
      this.#failure = new CodecError("ERR_CODEC_ENDED", "the text decoder has ended");
      return text;
    });
  }

  #attempt(work: () => string): string {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return work();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
