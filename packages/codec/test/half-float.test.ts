// The digests over all halves and many doubles that CPython 3.11 made; vectors/struct_meta.json says how.
import { createHash } from "node:crypto";
import { CodecError, struct } from "@netloom/codec";
import type { Struct } from "@netloom/codec";
import { expect, test } from "vitest";
import { halfToNumber, numberToHalf } from "../src/half-float.ts";
import { readJson } from "./vectors.ts";

interface Bulk {
  readonly half_unpack_all: string;
  readonly half_pack_rounding: { readonly sha256: string; readonly n: number };
  readonly float_pack_random_bits: { readonly sha256: string; readonly overflow: number };
  readonly float_pack_near_range: { readonly sha256: string; readonly overflow: number };
  readonly half_pack_near_range: { readonly sha256: string; readonly overflow: number };
}

const { bulk } = readJson("struct_meta.json") as { bulk: Bulk };
const half = struct("<e");
const float = struct("<f");

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

test("every half unpacks to the double that CPython gives", () => {
  const doubles = new DataView(new ArrayBuffer(65536 * 8));
  for (let bits = 0; bits < 65536; bits++) {
    const [value] = half.unpack(Uint8Array.of(bits & 0xff, bits >> 8));
    doubles.setFloat64(bits * 8, Number(value), true);
    if (Number.isNaN(value)) doubles.setBigUint64(bits * 8, 0x7ff8000000000000n, true);
  }
  expect(sha256(new Uint8Array(doubles.buffer))).toBe(bulk.half_unpack_all);
});

test("doubles at and beside the middle of two halves round as CPython rounds", () => {
  const hash = createHash("sha256");
  let count = 0;
  for (const sign of [0, 0x8000]) {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const value = halfToNumber(sign | bits);
      const middle = (value + halfToNumber(sign | (bits + 1))) / 2;
      for (const each of [value, middle, nextDouble(middle, 1n), nextDouble(middle, -1n)]) {
        hash.update(half.pack(each));
        count++;
      }
    }
  }
  expect(count).toBe(bulk.half_pack_rounding.n);
  expect(hash.digest("hex")).toBe(bulk.half_pack_rounding.sha256);
});

/** The next double upwards (1) or downwards (-1). */
function nextDouble(value: number, direction: 1n | -1n): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  // Away from zero the bits count up; from +0 and -0 the step may change the sign.
  if (value === 0) return direction === 1n ? 5e-324 : -5e-324;
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? direction : -direction));
  return view.getFloat64(0);
}

function* splitmix64(seed: bigint, count: number): Generator<bigint> {
  const mask = 2n ** 64n - 1n;
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    yield z ^ (z >> 31n);
  }
}

function packAll(
  format: Struct,
  seed: bigint,
  exponent?: (word: bigint) => bigint,
): { sha256: string; overflow: number } {
  const hash = createHash("sha256");
  const view = new DataView(new ArrayBuffer(8));
  const marker = new Uint8Array(format.size).fill(0xff);
  let overflow = 0;
  for (const word of splitmix64(seed, 300_000)) {
    const bits = exponent
      ? (word & 0x800fffffffffffffn) | (exponent((word >> 52n) & 0x7ffn) << 52n)
      : word;
    view.setBigUint64(0, bits);
    const value = view.getFloat64(0);
    if (Number.isNaN(value)) continue;
    try {
      hash.update(format.pack(value));
    } catch (error) {
      if (!(error instanceof CodecError) || error.code !== "ERR_CODEC_RANGE") throw error;
      hash.update(marker);
      overflow++;
    }
  }
  return { sha256: hash.digest("hex"), overflow };
}

test("random doubles round to floats as CPython rounds", () => {
  expect(bulk.float_pack_random_bits).toMatchObject(packAll(float, 1n));
  expect(bulk.float_pack_near_range).toMatchObject(packAll(float, 2n, (e) => 870n + (e % 291n)));
});

test("random doubles in the range of halves round as CPython rounds", () => {
  expect(bulk.half_pack_near_range).toMatchObject(packAll(half, 3n, (e) => 990n + (e % 56n)));
});

test("NaN, infinities and zeros keep what they are", () => {
  expect(numberToHalf(NaN)).toBe(0x7e00);
  expect(numberToHalf(Infinity)).toBe(0x7c00);
  expect(numberToHalf(-Infinity)).toBe(0xfc00);
  expect(numberToHalf(-0)).toBe(0x8000);
  expect(halfToNumber(0x8000)).toBe(-0);
  expect(numberToHalf(65519.999)).toBe(0x7bff);
  expect(numberToHalf(65520)).toBeUndefined();
});
