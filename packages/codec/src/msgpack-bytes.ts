// Reads over a MessagePack message without building anything, before msgpackr builds values from it.
// msgpackr trusts its input more than a peer deserves: it recurses as deep as the bytes say, renames
// `__proto__`, turns extension types into regular expressions, errors, sets and cyclic references,
// compiles record definitions with `new Function`, and reads what is not UTF-8 as U+FFFD. All that is
// refused here, with the offset. https://github.com/msgpack/msgpack/blob/master/spec.md
import type { CodecErrorCode } from "./errors.ts";
import { CodecError } from "./errors.ts";
import { findUtf8Fault } from "./utf8.ts";

/** Throws unless the bytes are one whole message of plain values, nested at most `maxDepth` deep. */
export function checkMessagePack(bytes: Uint8Array, maxDepth: number): void {
  const scan = new Scan(bytes, maxDepth);
  scan.value(0);
  if (scan.at < bytes.length) {
    fail(scan.at, `bytes left after the message: ${bytes.length - scan.at}`);
  }
}

const prototypeKey = new TextEncoder().encode("__proto__");
const timestampType = 0xff;
// The seconds that a Date can hold, ECMA-262 section 21.4.1.1.
const maxSeconds = 8_640_000_000_000n;

function fail(offset: number, what: string, code: CodecErrorCode = "ERR_CODEC_MALFORMED"): never {
  throw new CodecError(code, `msgpack: ${what} at byte ${offset}`, { offset });
}

class Scan {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #maxDepth: number;

  constructor(bytes: Uint8Array, maxDepth: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#maxDepth = maxDepth;
  }

  value(depth: number): void {
    const start = this.at;
    const token = this.#bytes[this.at++];
    if (token === undefined) fail(start, "the message ends too early");
    if (token < 0x80 || token >= 0xe0) return; // small integers
    if (token < 0x90) return this.#map(token & 0x0f, depth, start);
    if (token < 0xa0) return this.#array(token & 0x0f, depth, start);
    if (token < 0xc0) return this.#string(token & 0x1f, start);
    switch (token) {
      case 0xc0: // nil, false, true
      case 0xc2:
      case 0xc3:
        return;
      case 0xc4: // binary
      case 0xc5:
      case 0xc6:
        return this.#skip(this.#length(token - 0xc4, start), start);
      case 0xc7: // extensions
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#length(token - 0xc7, start), start);
      case 0xca: // floats
        return this.#skip(4, start);
      case 0xcb:
        return this.#skip(8, start);
      case 0xcc: // integers
      case 0xd0:
        return this.#skip(1, start);
      case 0xcd:
      case 0xd1:
        return this.#skip(2, start);
      case 0xce:
      case 0xd2:
        return this.#skip(4, start);
      case 0xcf:
      case 0xd3:
        return this.#skip(8, start);
      case 0xd4: // extensions of 1, 2, 4, 8 and 16 bytes
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(1 << (token - 0xd4), start);
      case 0xd9: // strings
      case 0xda:
      case 0xdb:
        return this.#string(this.#length(token - 0xd9, start), start);
      case 0xdc:
      case 0xdd:
        return this.#array(this.#length(token - 0xdc + 1, start), depth, start);
      case 0xde:
      case 0xdf:
        return this.#map(this.#length(token - 0xde + 1, start), depth, start);
      default:
        return fail(start, "0xc1 stands for nothing");
    }
  }

  /** A length of 1, 2 or 4 bytes. */
  #length(power: number, start: number): number {
    const at = this.at;
    this.#skip(1 << power, start);
    if (power === 0) return this.#view.getUint8(at);
    return power === 1 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #skip(length: number, start: number): void {
    const missing = this.at + length - this.#bytes.length;
    if (missing > 0) fail(start, `bytes missing: ${missing}, in what starts`);
    this.at += length;
  }

  #enter(depth: number, start: number): void {
    if (depth >= this.#maxDepth) {
      fail(start, `nested more than ${this.#maxDepth} deep`, "ERR_CODEC_LIMIT");
    }
  }

  #array(length: number, depth: number, start: number): void {
    this.#enter(depth, start);
    for (let i = 0; i < length; i++) this.value(depth + 1);
  }

  #map(length: number, depth: number, start: number): void {
    this.#enter(depth, start);
    for (let i = 0; i < length; i++) {
      this.#key(depth);
      this.value(depth + 1);
    }
  }

  #key(depth: number): void {
    const start = this.at;
    const token = this.#bytes[start] ?? 0xa0;
    const isString = (token >= 0xa0 && token < 0xc0) || (token >= 0xd9 && token <= 0xdb);
    const isNumber = token < 0x80 || token >= 0xe0 || (token >= 0xca && token <= 0xd3); // floats, unsigned, signed
    if (!isString && !isNumber) fail(start, "a map key that is no string and no number");
    this.value(depth + 1);
    if (isString && this.#endsWithPrototypeKey(start)) fail(start, 'the map key "__proto__"');
  }

  /** The string that starts at `start` and ends here is `__proto__`. */
  #endsWithPrototypeKey(start: number): boolean {
    const from = this.at - prototypeKey.length;
    // The shortest form has a head of one byte, the longest one of five.
    if (from <= start || from > start + 5) return false;
    if (this.#bytes[from] !== prototypeKey[0]) return false;
    if (!prototypeKey.every((byte, i) => this.#bytes[from + i] === byte)) return false;
    const token = this.#bytes[start] ?? 0;
    const head = token < 0xc0 ? 1 : 1 + (1 << (token - 0xd9));
    return from === start + head;
  }

  #string(length: number, start: number): void {
    const from = this.at;
    this.#skip(length, start);
    const fault = findUtf8Fault(this.#bytes, from, this.at);
    if (fault) fail(fault.start, `a string that is not UTF-8 (${fault.reason})`);
  }

  /** Of the extension types only the timestamp of the specification is taken. */
  #extension(length: number, start: number): void {
    const at = this.at + 1;
    this.#skip(1 + length, start);
    const type = this.#bytes[at - 1];
    if (type !== timestampType) fail(start, `the extension type ${type}`);
    const view = this.#view;
    // 32 bits of seconds; 30 of nanoseconds and 34 of seconds; 32 and 64.
    const nanoseconds =
      length === 4
        ? 0
        : length === 8
          ? view.getUint32(at) >>> 2
          : length === 12
            ? view.getUint32(at)
            : fail(start, `a timestamp of length ${length}`);
    const seconds = length === 12 ? view.getBigInt64(at + 4) : 0n;
    // The last second of a Date has nothing after its start.
    const last = nanoseconds === 0 ? maxSeconds : maxSeconds - 1n;
    if (nanoseconds > 999_999_999 || seconds < -maxSeconds || seconds > last) {
      fail(start, "a timestamp out of range");
    }
  }
}
