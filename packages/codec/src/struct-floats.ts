import { halfToNumber, numberToHalf } from "./half-float.ts";
import { intTooLarge, rangeFault, typeFault } from "./struct-code.ts";
import type { StructCode } from "./struct-code.ts";

const notFloat = typeFault("required argument is not a float");

/** A float; `set` says whether the value fits. */
function float(
  char: string,
  size: number,
  alignment: number,
  set: (view: DataView, offset: number, value: number) => boolean,
  get: (view: DataView, offset: number) => number,
): StructCode {
  const tooLarge = rangeFault(`float too large to pack with ${char} format`);
  return {
    size,
    alignment,
    write(view, offset, value) {
      if (typeof value === "number") return set(view, offset, value) ? undefined : tooLarge;
      if (typeof value === "boolean") {
        set(view, offset, Number(value));
        return undefined;
      }
      if (typeof value !== "bigint") return notFloat;
      const number = Number(value);
      if (!Number.isFinite(number)) return notFloat;
      return set(view, offset, number) ? undefined : intTooLarge;
    },
    read: get,
  };
}

export function half(little: boolean, alignment: number): StructCode {
  return float(
    "e",
    2,
    alignment,
    (view, offset, value) => {
      const bits = numberToHalf(value);
      if (bits === undefined) return false;
      view.setUint16(offset, bits, little);
      return true;
    },
    (view, offset) => halfToNumber(view.getUint16(offset, little)),
  );
}

/** `checked` is false for the native float, which CPython casts: what is too large is infinite. */
export function single(little: boolean, alignment: number, checked: boolean): StructCode {
  return float(
    "f",
    4,
    alignment,
    (view, offset, value) => {
      if (checked && Number.isFinite(value) && !Number.isFinite(Math.fround(value))) return false;
      view.setFloat32(offset, value, little);
      return true;
    },
    (view, offset) => view.getFloat32(offset, little),
  );
}

export function double(little: boolean, alignment: number): StructCode {
  return float(
    "d",
    8,
    alignment,
    (view, offset, value) => {
      view.setFloat64(offset, value, little);
      return true;
    },
    (view, offset) => view.getFloat64(offset, little),
  );
}
