// Every row of what CPython 3.11 packed, unpacked and refused. Rows that JavaScript's values cannot follow
// are named by a rule and counted, so that none is left out in silence.
import {
  CodecError,
  calcsize,
  iterUnpack,
  pack,
  packInto,
  unpack,
  unpackFrom,
} from "@netloom/codec";
import type { StructValue } from "@netloom/codec";
import { expect, test } from "vitest";
import { expectedJson, fromHex, fromJson, rows, toHex, toJson } from "./vectors.ts";
import type { JsonValue, StructErrorRow, StructOkRow } from "./vectors.ts";

const values = (row: { readonly v?: readonly JsonValue[] }): StructValue[] =>
  (row.v ?? []).map((value) => fromJson(value) as StructValue);

/** Collects what differs, with the row; one assertion at the end shows it all. */
function differences<T>(all: readonly T[], difference: (row: T) => unknown): readonly unknown[] {
  return all.flatMap((row) => {
    let found: unknown;
    try {
      found = difference(row);
    } catch (error) {
      found = String(error);
    }
    return found === undefined ? [] : [{ row, found }];
  });
}

function compareValues(got: readonly unknown[], expected: readonly JsonValue[]): unknown {
  const wanted = expected.map((value, i) => expectedJson(value, got[i]));
  return JSON.stringify(got.map(toJson)) === JSON.stringify(wanted) ? undefined : got;
}

/** Python calls these true or false where JavaScript's Boolean() says the opposite. */
function truthDiffers(row: StructOkRow): boolean {
  return (
    row.k === "truth" &&
    row.v.some((value) => {
      const isEmpty =
        value === "b" || value === "y" || (typeof value === "object" && value !== null);
      return value === "fnan" || (isEmpty && !(Array.isArray(value) && value.length > 0));
    })
  );
}

const ok = rows("struct_ok");
const buffers = rows("struct_buf");
const errors = rows("struct_err");

test("packs as CPython does", () => {
  const applicable = ok.filter((row) => !truthDiffers(row));
  expect([ok.length, applicable.length]).toEqual([5687, 5679]);
  const found = differences(applicable, (row) => {
    const got = toHex(pack(row.f, ...values(row)));
    return got === row.h ? undefined : got;
  });
  expect(found).toEqual([]);
});

test("packs bigints where the format takes integers", () => {
  const applicable = ok.filter((row) => !truthDiffers(row));
  const found = differences(applicable, (row) => {
    const asBigints = row.v.map((value) =>
      typeof value === "string" && value[0] === "i" ? BigInt(value.slice(1)) : fromJson(value),
    );
    const got = toHex(pack(row.f, ...(asBigints as StructValue[])));
    return got === row.h ? undefined : got;
  });
  expect(found).toEqual([]);
});

test("measures formats as CPython does", () => {
  expect(
    differences(ok, (row) => (calcsize(row.f) === row.n ? undefined : calcsize(row.f))),
  ).toEqual([]);
});

test("unpacks as CPython does", () => {
  // CPython 3.11 fails on a field of the format 0p; in later versions it is empty, as here.
  const applicable = ok.filter((row) => row.u !== null);
  expect(ok.length - applicable.length).toBe(5);
  const found = differences(applicable, (row) =>
    compareValues(unpack(row.f, fromHex(row.h)), row.u ?? []),
  );
  expect(found).toEqual([]);
  expect(unpack("<b0pb", Uint8Array.of(1, 2))).toEqual([1, new Uint8Array(0), 2]);
});

test("unpacks arbitrary bytes as CPython does", () => {
  expect(buffers.length).toBe(1300);
  const found = differences(buffers, (row) => {
    const memory = fromHex(row.h);
    switch (row.op) {
      case "unpack":
        return compareValues(unpack(row.f, memory), row.u ?? []);
      case "unpack_from":
        return compareValues(unpackFrom(row.f, memory, row.o), row.u ?? []);
      case "iter_unpack":
        return compareValues([...iterUnpack(row.f, memory)].flat(), (row.u ?? []).flat());
      default:
        packInto(row.f, memory, row.o ?? 0, ...values(row));
        return toHex(memory) === row.r ? undefined : toHex(memory);
    }
  });
  expect(found).toEqual([]);
});

function failing(row: StructErrorRow): string {
  const memory = fromHex(row.h ?? "");
  const offset = BigInt(row.o ?? 0);
  try {
    switch (row.op) {
      case "calcsize":
        calcsize(row.f);
        break;
      case "pack":
        pack(row.f, ...values(row));
        break;
      case "unpack":
        unpack(row.f, memory);
        break;
      case "unpack_from":
        unpackFrom(row.f, memory, offset);
        break;
      case "pack_into":
        packInto(row.f, memory, offset, ...values(row));
        break;
      case "iter_unpack":
        iterUnpack(row.f, memory);
        break;
    }
  } catch (error) {
    if (error instanceof CodecError && error.format === row.f) return error.message;
    return `another error: ${String(error)}`;
  }
  return "no error";
}

test("fails as CPython does, with its message", () => {
  const plain = errors.filter((row) => row.x === undefined);
  expect(plain.length).toBe(1975);
  const found = differences(plain, (row) => (failing(row) === row.m ? undefined : failing(row)));
  expect(found).toEqual([]);
});

test("differs from CPython only where JavaScript's values do", () => {
  // The rows that CPython decides by what JavaScript has one value for: 1 and 1.0, bytes and bytearray.
  const flagged = errors.filter((row) => row.x === 1);
  const outcomes: Record<string, number> = {};
  const found = differences(flagged, (row) => {
    const got = failing(row);
    const outcome = got === row.m ? "the same" : outcomeOf(row.m, got);
    if (outcome === undefined) return got;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    return undefined;
  });
  expect(found).toEqual([]);
  expect(outcomes).toEqual({
    "the same": 24,
    "1.0 packs as 1 and a bytearray as bytes": 35,
    "an integer that a float cannot hold fails in the words for a float": 5,
    "a whole number that an integer cannot hold fails for its size, not for its type": 13,
  });
});

function outcomeOf(wanted: string, got: string): string | undefined {
  const notAnInteger = wanted === "required argument is not an integer";
  if (got === "no error" && (notAnInteger || wanted.startsWith("char format"))) {
    return "1.0 packs as 1 and a bytearray as bytes";
  }
  if (wanted === "int too large to convert" && got.startsWith("float too large")) {
    return "an integer that a float cannot hold fails in the words for a float";
  }
  if (notAnInteger && (got === "argument out of range" || got === "int too large to convert")) {
    return "a whole number that an integer cannot hold fails for its size, not for its type";
  }
  return undefined;
}
