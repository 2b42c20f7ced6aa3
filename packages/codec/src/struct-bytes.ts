import { typeFault } from "./struct-code.ts";
import type { StructCode } from "./struct-code.ts";

export const pad: StructCode = {
  size: 1,
  alignment: 0,
  write: () => undefined,
  read: () => 0,
};

export const char: StructCode = {
  size: 1,
  alignment: 0,
  write(view, offset, value) {
    if (!(value instanceof Uint8Array) || value.length !== 1) {
      return typeFault("char format requires a bytes object of length 1");
    }
    view.setUint8(offset, value[0] ?? 0);
    return undefined;
  },
  read: (view, offset) => Uint8Array.of(view.getUint8(offset)),
};

export const bool: StructCode = {
  size: 1,
  alignment: 0,
  write(view, offset, value) {
    view.setUint8(offset, value ? 1 : 0);
    return undefined;
  },
  read: (view, offset) => view.getUint8(offset) !== 0,
};

function bytesAt(view: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + offset, length);
}

export const string: StructCode = {
  size: 1,
  alignment: 0,
  write(view, offset, value, length) {
    if (!(value instanceof Uint8Array)) {
      return typeFault("argument for 's' must be a bytes object");
    }
    bytesAt(view, offset, length).set(value.length > length ? value.subarray(0, length) : value);
    return undefined;
  },
  read: (view, offset, length) => bytesAt(view, offset, length).slice(),
};

// One byte says how many of the length - 1 bytes after it count. A field of no bytes is empty (CPython
// 3.11 writes and reads outside of it: python/cpython#124248).
export const pascal: StructCode = {
  size: 1,
  alignment: 0,
  write(view, offset, value, length) {
    if (!(value instanceof Uint8Array)) {
      return typeFault("argument for 'p' must be a bytes object");
    }
    if (length === 0) return undefined;
    const count = Math.min(value.length, length - 1);
    bytesAt(view, offset + 1, length - 1).set(value.subarray(0, count));
    view.setUint8(offset, Math.min(count, 255));
    return undefined;
  },
  read(view, offset, length) {
    if (length === 0) return new Uint8Array(0);
    const count = Math.min(view.getUint8(offset), length - 1);
    return bytesAt(view, offset + 1, count).slice();
  },
};
