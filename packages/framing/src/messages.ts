import type { Codec } from "@netloom/codec";
import type { ByteStream, WaitOptions } from "./byte-stream.ts";
import type { Framer } from "./framer.ts";
import { MessageReader } from "./message-reader.ts";
import type { MessageStream } from "./message-stream.ts";

/**
 * Makes a stream of values of a stream of bytes: any codec with any framer over any transport. From
 * then on the byte stream is the message stream's: read, write and close it through that alone.
 *
 * @example
 * const peer = messages(connection, lengthPrefixed({ width: 4 }), msgpack());
 * await peer.send({ hello: "world" });
 * for await (const value of peer) console.log(value);
 */
export function messages<T>(stream: ByteStream, framer: Framer, codec: Codec<T>): MessageStream<T> {
  return new ByteMessageStream(stream, framer, codec);
}

class ByteMessageStream<T> implements MessageStream<T> {
  readonly #stream: ByteStream;
  readonly #framer: Framer;
  readonly #codec: Codec<T>;
  readonly #reader: MessageReader<T>;

  constructor(stream: ByteStream, framer: Framer, codec: Codec<T>) {
    this.#stream = stream;
    this.#framer = framer;
    this.#codec = codec;
    this.#reader = new MessageReader(stream, framer.decoder(), codec);
  }

  send(value: T, options?: WaitOptions): Promise<void> {
    let bytes: Uint8Array;
    try {
      bytes = this.#framer.encode(this.#codec.encode(value));
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#stream.write(bytes, options);
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return this.#reader.iterate();
  }

  forEach(onMessage: (value: T) => void): Promise<void> {
    return this.#reader.forEach(onMessage);
  }

  end(): Promise<void> {
    return this.#stream.end();
  }

  close(): Promise<void> {
    this.#reader.close();
    return this.#stream.close();
  }

  destroy(reason?: Error): void {
    this.#reader.close();
    this.#stream.destroy(reason);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
