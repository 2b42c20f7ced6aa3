// What CPython 3.11's codecs make of texts and bytes, and what they refuse: span and reason.
import { createHash } from "node:crypto";
import { CodecError, decodeText, encodeText, encodingName } from "@netloom/codec";
import { expect, test } from "vitest";
import { fromHex, readJson, rows, toHex } from "./vectors.ts";
import type { TextRow } from "./vectors.ts";

const all = rows("text");

function isKnown(encoding: string): boolean {
  try {
    return encodingName(encoding) !== undefined;
  } catch {
    return false;
  }
}

test("texts encode and decode as in CPython, and fail where it fails", () => {
  const applicable = all.filter((row) => isKnown(row.enc));
  // The other rows are of encodings that this package does not have.
  expect([all.length, applicable.length]).toEqual([1031, 176]);
  const found = applicable.filter((row) => !agrees(row));
  expect(found).toEqual([]);
});

function agrees(row: TextRow): boolean {
  const options = { errors: row.err };
  try {
    const result =
      row.op === "encode"
        ? toHex(encodeText(row.s ?? "", row.enc, options))
        : decodeText(fromHex(row.h ?? ""), row.enc, options);
    return result === row.r;
  } catch (error) {
    if (!(error instanceof CodecError) || row.m === undefined) return false;
    // CPython counts code points where this package counts UTF-16 code units.
    const position = (offset: number | undefined): number | undefined =>
      row.op === "encode" ? Array.from((row.s ?? "").slice(0, offset)).length : offset;
    return (
      error.message.startsWith(`'${row.enc}' codec can't ${row.op} `) &&
      error.message.endsWith(`: ${row.m}`) &&
      position(error.offset) === row.start &&
      position(error.end) === row.end
    );
  }
}

function tryOr<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CodecError) return otherwise;
    throw error;
  }
}

interface Table {
  readonly decode12: string;
  readonly decode12_ok: number;
  readonly encode_bmp: string;
  readonly encode_bmp_ok: number;
}

const { gbk } = readJson("text_tables.json") as { gbk: Table };

test("every sequence of one and two bytes decodes from GBK as in CPython", () => {
  // Each byte alone and then before every other: its text or U+FFFF, then U+0000, in UTF-16LE.
  const hash = createHash("sha256");
  let known = 0;
  const add = (sequence: Uint8Array): void => {
    const text = tryOr(() => decodeText(sequence, "gbk"), "\uffff");
    if (text !== "\uffff") known++;
    hash.update(Buffer.from(`${text}\0`, "utf16le"));
  };
  for (let first = 0; first < 256; first++) {
    add(Uint8Array.of(first));
    for (let second = 0; second < 256; second++) add(Uint8Array.of(first, second));
  }
  expect(known).toBe(gbk.decode12_ok);
  expect(hash.digest("hex")).toBe(gbk.decode12);
});

test("every character of the first plane encodes to GBK as in CPython", () => {
  // Each code point but the surrogates: the number of its bytes and the bytes, or 0.
  const hash = createHash("sha256");
  const none = new Uint8Array(0);
  let known = 0;
  for (let codePoint = 0; codePoint < 0x10000; codePoint++) {
    if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
    const bytes = tryOr(() => encodeText(String.fromCodePoint(codePoint), "gbk"), none);
    if (bytes.length > 0) known++;
    hash.update(Uint8Array.of(bytes.length)).update(bytes);
  }
  expect(known).toBe(gbk.encode_bmp_ok);
  expect(hash.digest("hex")).toBe(gbk.encode_bmp);
});
