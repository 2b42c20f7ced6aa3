import { ChunkDecoder } from "./chunk-decoder.ts";
import { FramingError } from "./errors.ts";
import { defaultMaxFrameBytes, frameLimit, textHint, tooLarge } from "./frame-limit.ts";
import type { Framer } from "./framer.ts";
import { SizedScanner } from "./sized-scanner.ts";

/** A head of fixed size: a `struct` of `@netloom/codec`, or anything that reads one as it does. */
export interface Head<Values> {
  /** Bytes of the head. */
  readonly size: number;
  /** Reads the head from exactly `size` bytes, which are valid only during the call. */
  unpack(bytes: Uint8Array): Values;
}

/** Options of `header`. */
export interface HeaderOptions {
  /** Largest frame in bytes, sent and received, head and body together; 8 MiB by default. */
  readonly maxFrameBytes?: number | undefined;
}

/**
 * Each frame is a head of fixed size that describes its body, and the body: for protocols whose head
 * holds more than a size (a type, an identifier, flags). `sizeOf` tells, from the head's values, how
 * many bytes follow the head. Where the protocol's size counts the head too, subtract it.
 *
 * The frame given out is head and body together, because the head is part of the message; a codec
 * for it reads the head again with the same struct. Encoding takes such a frame and checks it: its
 * head must announce exactly the body that follows.
 *
 * A head for which `sizeOf` throws (a wrong magic number, say) or returns no possible size is
 * `ERR_FRAMING_HEAD`, with what was thrown as `cause`. Throws `ERR_FRAMING_OPTION` for a head of no
 * bytes and for options outside their bounds.
 *
 * @example
 * // 2 bytes type, 4 bytes size of the body, body
 * const framer = header(struct(">HI"), ([, size]) => size);
 */
export function header<Values>(
  head: Head<Values>,
  sizeOf: (values: Values) => number | bigint,
  options: HeaderOptions = {},
): Framer {
  const headBytes = head.size;
  if (!Number.isInteger(headBytes) || headBytes < 1) {
    throw new FramingError("ERR_FRAMING_OPTION", `a head needs at least 1 byte, not ${headBytes}`);
  }
  const limit = frameLimit(options.maxFrameBytes, defaultMaxFrameBytes);
  if (limit < headBytes) {
    throw new FramingError(
      "ERR_FRAMING_OPTION",
      `maxFrameBytes is ${limit}; the head alone has ${headBytes} bytes`,
      { size: headBytes, limit },
    );
  }

  /** Bytes of head and body, as the head at `start` announces them. */
  const announced = (buffer: Uint8Array, start: number): number => {
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + start, headBytes);
    let body: number;
    try {
      body = Number(sizeOf(head.unpack(bytes)));
    } catch (cause) {
      const message = `a head of ${headBytes} bytes was refused${textHint(bytes)}`;
      throw new FramingError("ERR_FRAMING_HEAD", message, { cause });
    }
    if (!Number.isInteger(body) || body < 0) {
      const message = `a head announces a body of ${body} bytes${textHint(bytes)}`;
      throw new FramingError("ERR_FRAMING_HEAD", message, { size: body });
    }
    return headBytes + body;
  };

  const rule = {
    headBytes,
    skipBytes: 0,
    bodyBytes(buffer: Uint8Array, start: number): number {
      const size = announced(buffer, start);
      if (size > limit) {
        throw tooLarge(size, limit, buffer.subarray(start, start + headBytes));
      }
      return size - headBytes;
    },
  };
  return {
    encode(payload) {
      const size = payload.length;
      if (size > limit) {
        throw new FramingError(
          "ERR_FRAMING_PAYLOAD",
          `a frame of ${size} bytes exceeds the limit of ${limit} bytes`,
          { size, limit },
        );
      }
      if (size < headBytes) {
        const message = `a frame of ${size} bytes lacks its head of ${headBytes} bytes`;
        throw new FramingError("ERR_FRAMING_PAYLOAD", message, { size });
      }
      let inHead: number;
      try {
        inHead = announced(payload, 0);
      } catch (cause) {
        throw new FramingError("ERR_FRAMING_PAYLOAD", "the payload's head is refused", { cause });
      }
      if (inHead !== size) {
        const message = `a frame of ${size} bytes has a head that announces ${inHead} bytes`;
        throw new FramingError("ERR_FRAMING_PAYLOAD", message, { size });
      }
      return new Uint8Array(payload);
    },
    decoder: () => new ChunkDecoder(new SizedScanner(rule)),
  };
}
