// GBK as CPython's codec has it: ASCII, and 21,791 characters of two bytes (lead 81-FE, trail 40-FE without
// 7F). The characters are taken from the platform's decoder on first use, so no table is shipped. That
// decoder knows more than GBK: 80 as the euro sign, the three user-defined areas, what GB 18030 added
// (which platforms even map differently) and its sequences of four bytes. `absent` takes all that out;
// what remains is the same on every platform.
import { CodecError } from "./errors.ts";
import type { ByteFault } from "./text-fault.ts";

const firstLead = 0x81;
const lastLead = 0xfe;
const firstTrail = 0x40;
const lastTrail = 0xfe;
const trails = lastTrail - firstTrail + 1;

/** Ranges of lead bytes with the ranges of trail bytes that GBK leaves unassigned after them. */
const absent: readonly (readonly [from: number, to: number, ...trails: [number, number][]])[] = [
  [0xa1, 0xa7, [0x40, 0xa0]],
  [0xa2, 0xa2, [0xab, 0xb0], [0xe3, 0xe4], [0xef, 0xf0], [0xfd, 0xfe]],
  [0xa4, 0xa4, [0xf4, 0xfe]],
  [0xa5, 0xa5, [0xf7, 0xfe]],
  [0xa6, 0xa6, [0xb9, 0xc0], [0xd9, 0xdf], [0xec, 0xed], [0xf3, 0xf3], [0xf6, 0xfe]],
  [0xa7, 0xa7, [0xc2, 0xd0], [0xf2, 0xfe]],
  [0xa8, 0xa8, [0x96, 0xa0], [0xbc, 0xbc], [0xbf, 0xbf], [0xc1, 0xc4], [0xea, 0xfe]],
  [0xa9, 0xa9, [0x58, 0x58], [0x5b, 0x5b], [0x5d, 0x5f], [0x89, 0x95], [0x97, 0xa3], [0xf0, 0xfe]],
  [0xaa, 0xaf, [0xa1, 0xfe]],
  [0xd7, 0xd7, [0xfa, 0xfe]],
  [0xf8, 0xfd, [0xa1, 0xfe]],
  [0xfe, 0xfe, [0x50, 0xfe]],
];

function isAbsent(lead: number, trail: number): boolean {
  if (trail === 0x7f) return true;
  return absent.some(
    ([from, to, ...ranges]) =>
      lead >= from && lead <= to && ranges.some(([low, high]) => trail >= low && trail <= high),
  );
}

interface GbkTables {
  /** The code unit of each pair, 0 where there is none. */
  readonly decode: Uint16Array;
  /** The pair of each code unit, 0 where there is none. */
  readonly encode: Uint16Array;
  readonly decodeValid: (bytes: Uint8Array) => string;
}

let tables: GbkTables | undefined;

function gbkTables(): GbkTables {
  return (tables ??= makeTables());
}

function makeTables(): GbkTables {
  const decodeValid = platformDecoder();
  const decode = new Uint16Array((lastLead - firstLead + 1) * trails);
  const encode = new Uint16Array(0x10000);
  const pairs: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead++) {
    for (let trail = firstTrail; trail <= lastTrail; trail++) {
      if (!isAbsent(lead, trail)) pairs.push(lead, trail);
    }
  }
  const characters = decodeValid(Uint8Array.from(pairs));
  for (let i = 0; i < characters.length; i++) {
    const lead = pairs[2 * i] ?? 0;
    const trail = pairs[2 * i + 1] ?? 0;
    const unit = characters.charCodeAt(i);
    decode[(lead - firstLead) * trails + trail - firstTrail] = unit;
    encode[unit] = (lead << 8) | trail;
  }
  return { decode, encode, decodeValid };
}

function platformDecoder(): (bytes: Uint8Array) => string {
  try {
    const decoder = new TextDecoder("gbk");
    return (bytes) => decoder.decode(bytes);
  } catch (cause) {
    const message = "this JavaScript engine was built without GBK";
    throw new CodecError("ERR_CODEC_ENCODING", message, { cause });
  }
}

/** The first fault at or after byte `from`. Each fault is one byte, as in CPython's CJK codecs. */
export function findGbkFault(bytes: Uint8Array, from: number): ByteFault | undefined {
  const { decode } = gbkTables();
  const end = bytes.length;
  let at = from;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    // Any byte from 80 on, though 80 and FF never lead, waits for a second one, as in CPython.
    if (at + 1 >= end) {
      const reason = "incomplete multibyte sequence";
      return { start: at, end: at + 1, reason, truncated: true };
    }
    const trail = bytes[at + 1] ?? 0;
    const known =
      lead >= firstLead &&
      lead <= lastLead &&
      trail >= firstTrail &&
      trail <= lastTrail &&
      decode[(lead - firstLead) * trails + trail - firstTrail] !== 0;
    if (!known) {
      const reason = "illegal multibyte sequence";
      return { start: at, end: at + 1, reason, truncated: false };
    }
    at += 2;
  }
  return undefined;
}

/** The text of bytes in which `findGbkFault` finds none. */
export function decodeValidGbk(bytes: Uint8Array): string {
  return gbkTables().decodeValid(bytes);
}

/**
 * Encodes text; `onFault` is told which code units have no bytes and returns the byte to write in their
 * place, or undefined for none.
 */
export function encodeGbk(
  text: string,
  onFault: (start: number, end: number) => number | undefined,
): Uint8Array {
  const { encode } = gbkTables();
  const bytes = new Uint8Array(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const pair = encode[unit] ?? 0;
    if (pair !== 0) {
      bytes[length++] = pair >> 8;
      bytes[length++] = pair & 0xff;
      continue;
    }
    // A pair of surrogates is one character, and none beyond the first plane is in GBK.
    const units = (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
    const replacement = onFault(i, i + units);
    if (replacement !== undefined) bytes[length++] = replacement;
    i += units - 1;
  }
  return bytes.slice(0, length);
}
