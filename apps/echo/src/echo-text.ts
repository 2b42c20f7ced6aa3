import { CodecError, encodeText } from "@netloom/codec";
import type { Encoding } from "@netloom/codec";

import { EchoError } from "./errors.ts";

/** The transports of an echo. */
export type Protocol = "tcp" | "udp";

/** What one text may have: a line of `@netloom/framing`, or a datagram over IPv4 (RFC 768, RFC 791). */
export const MAX_TEXT_BYTES: Readonly<Record<Protocol, number>> = { tcp: 65_536, udp: 65_507 };

const LF = 0x0a;
const CR = 0x0d;

/**
 * The bytes of a text that is to travel as one line (TCP) or one datagram (UDP).
 *
 * @throws EchoError `ERR_ECHO_TEXT` when the encoding lacks a character, when the text has too many
 * bytes, and over TCP when it has a line feed or ends with a carriage return: the one would arrive as
 * two lines, the other as a shorter line.
 */
export function encodeEchoText(text: string, encoding: Encoding, protocol: Protocol): Uint8Array {
  const bytes = encode(text, encoding);
  const limit = MAX_TEXT_BYTES[protocol];
  if (bytes.length > limit) {
    throw new EchoError("ERR_ECHO_TEXT", {
      en: `a text of ${bytes.length} bytes is too long: at most ${limit} go over ${protocol.toUpperCase()}`,
      zh: `文本有 ${bytes.length} 字节，太长：${protocol.toUpperCase()} 最多 ${limit} 字节`,
    });
  }
  if (protocol === "tcp" && (bytes.includes(LF) || bytes.at(-1) === CR)) {
    throw new EchoError("ERR_ECHO_TEXT", {
      en: "over TCP a text is one line: it cannot hold a line feed or end with a carriage return",
      zh: "通过 TCP 时一个文本就是一行：不能含有换行符，也不能以回车符结尾",
    });
  }
  return bytes;
}

function encode(text: string, encoding: Encoding): Uint8Array {
  try {
    return encodeText(text, encoding);
  } catch (cause) {
    if (!(cause instanceof CodecError) || cause.code !== "ERR_CODEC_UNENCODABLE") throw cause;
    const character = String.fromCodePoint(text.codePointAt(cause.offset ?? 0) ?? 0xfffd);
    throw new EchoError(
      "ERR_ECHO_TEXT",
      {
        en: `${encoding} has no bytes for "${character}": leave it out, or choose another encoding`,
        zh: `${encoding} 无法表示“${character}”：请去掉它，或换一种编码`,
      },
      { cause },
    );
  }
}
