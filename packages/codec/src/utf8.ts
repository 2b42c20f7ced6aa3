// Which bytes of would-be UTF-8 are at fault, and why: RFC 3629 section 4, the "maximal subpart" practice
// of Unicode (chapter 3, Table 3-7), and CPython's reasons. The platform's TextDecoder says only that
// something is wrong.
import type { ByteFault } from "./text-fault.ts";

/** The first fault at or after byte `from`, or undefined when there is none before `end`. */
export function findUtf8Fault(
  bytes: Uint8Array,
  from: number,
  end: number = bytes.length,
): ByteFault | undefined {
  let at = from;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) {
      return { start: at, end: at + 1, reason: "invalid start byte", truncated: false };
    }
    // The second byte is bounded more tightly after four leads: no overlong forms, no surrogates,
    // nothing above U+10FFFF.
    let least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let i = 1; i < length; i++) {
      if (at + i >= end) {
        return { start: at, end, reason: "unexpected end of data", truncated: true };
      }
      const next = bytes[at + i] ?? 0;
      if (next < least || next > most) {
        const reason = "invalid continuation byte";
        return { start: at, end: at + i, reason, truncated: false };
      }
      least = 0x80;
      most = 0xbf;
    }
    at += length;
  }
  return undefined;
}

/** How many bytes at the end (at most 3) start a character whose rest is not there. */
export function cutUtf8(bytes: Uint8Array): number {
  // A lead byte is never a continuation, so the last one starts a character whatever stands before it.
  for (let length = 1; length <= Math.min(3, bytes.length); length++) {
    const byte = bytes[bytes.length - length] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      return findUtf8Fault(bytes, bytes.length - length)?.truncated === true ? length : 0;
    }
  }
  return 0;
}
