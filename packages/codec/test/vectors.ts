// Cases made by CPython 3.11.7 on x86-64 Linux. Values are written as JSON with a letter for their type:
// i integer, f float (the bits of the double), b bytes, y bytearray, s string, [] list, {} dict.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export type JsonValue = null | boolean | string | readonly JsonValue[] | { readonly dict: true };

export interface StructOkRow {
  readonly k: string;
  readonly f: string;
  readonly v: readonly JsonValue[];
  readonly h: string;
  readonly n: number;
  readonly u: readonly JsonValue[] | null;
}

export interface StructBufferRow {
  readonly op: "unpack" | "unpack_from" | "pack_into" | "iter_unpack";
  readonly f: string;
  readonly h: string;
  readonly o?: number;
  readonly v?: readonly JsonValue[];
  readonly u?: readonly JsonValue[];
  readonly r?: string;
}

export interface StructErrorRow {
  readonly k: string;
  readonly op: StructBufferRow["op"] | "calcsize" | "pack";
  readonly f: string;
  readonly t: string;
  readonly m: string;
  readonly v?: readonly JsonValue[];
  readonly h?: string;
  readonly o?: string;
  readonly x?: 1;
}

export interface TextRow {
  readonly op: "encode" | "decode";
  readonly enc: string;
  readonly err: "strict" | "ignore" | "replace";
  /** The text to encode. */
  readonly s?: string;
  /** The bytes to decode. */
  readonly h?: string;
  /** The result, where there is one. */
  readonly r?: string;
  readonly t?: string;
  readonly start?: number;
  readonly end?: number;
  readonly m?: string;
}

interface Rows {
  readonly struct_ok: StructOkRow;
  readonly struct_buf: StructBufferRow;
  readonly struct_err: StructErrorRow;
  readonly text: TextRow;
}

export function rows<N extends keyof Rows>(name: N): readonly Rows[N][] {
  const file = new URL(`vectors/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Rows[N]);
}

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8"));
}

export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The JavaScript value of a row's value; integers are numbers as far as numbers are exact. */
export function fromJson(value: JsonValue): unknown {
  if (typeof value !== "string") return Array.isArray(value) ? value.map(fromJson) : value;
  const rest = value.slice(1);
  switch (value[0]) {
    case "i":
      return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest);
    case "f":
      return rest === "nan" ? NaN : Buffer.from(rest, "hex").readDoubleBE();
    case "s":
      return rest;
    default:
      return fromHex(rest);
  }
}

/** A value as rows write it, so that a difference reads well. */
export function toJson(value: unknown): JsonValue {
  switch (typeof value) {
    case "bigint":
      return `i${value}`;
    case "boolean":
      return value;
    case "number": {
      if (Number.isNaN(value)) return "fnan";
      const bits = Buffer.alloc(8);
      bits.writeDoubleBE(value);
      return `f${bits.toString("hex")}`;
    }
    default:
      if (value instanceof Uint8Array) return `b${toHex(value)}`;
      if (Array.isArray(value)) return value.map(toJson);
      throw new TypeError(`no value of a row: ${String(value)}`);
  }
}

/** An expected value with the integers of narrow codes turned into what `toJson` writes for a number. */
export function expectedJson(expected: JsonValue, got: unknown): JsonValue {
  if (typeof expected === "string" && expected[0] === "i" && typeof got === "number") {
    return toJson(Number(expected.slice(1)));
  }
  return expected;
}
