// Which values go out as MessagePack: those that come back as what they were. msgpackr would write a Set
// as an array, a Map as a map that comes back as an object, a function as nil, and the bytes of a
// Uint16Array wrongly; a cycle would end in a stack overflow.
import type { CodecErrorCode } from "./errors.ts";
import { CodecError } from "./errors.ts";
import { isWellFormed } from "./well-formed.ts";

interface Fault {
  readonly code: CodecErrorCode;
  readonly what: string;
  /** Keys from the value at fault outwards. */
  readonly path: (string | number)[];
}

/** Throws unless the value can be sent, nested at most `maxDepth` deep. */
export function checkValue(value: unknown, maxDepth: number): void {
  const fault = findFault(value, maxDepth);
  if (!fault) return;
  const path = fault.path
    .toReversed()
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("");
  const where = path === "" ? "" : ` at ${path}`;
  throw new CodecError(fault.code, `msgpack: ${fault.what}${where} cannot be encoded`);
}

function findFault(value: unknown, depthLeft: number): Fault | undefined {
  switch (typeof value) {
    case "number":
    case "boolean":
      return undefined;
    case "string":
      return isWellFormed(value)
        ? undefined
        : fault("a string with half a surrogate pair", "ERR_CODEC_UNENCODABLE");
    case "bigint":
      return value >= -(2n ** 63n) && value < 2n ** 64n
        ? undefined
        : fault("an integer of more than 64 bits", "ERR_CODEC_RANGE");
    case "object":
      return value === null ? undefined : findObjectFault(value, depthLeft);
    default:
      return fault(value === undefined ? "undefined" : `a ${typeof value}`);
  }
}

function findObjectFault(value: object, depthLeft: number): Fault | undefined {
  if (value instanceof Uint8Array) return undefined;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? fault("an invalid Date", "ERR_CODEC_RANGE") : undefined;
  }
  const isArray = Array.isArray(value);
  if (!isArray && !isPlain(value)) return fault(`an instance of ${className(value)}`);
  if (depthLeft === 0) {
    return fault("what is nested too deep (or in a circle)", "ERR_CODEC_LIMIT");
  }
  return isArray ? findItemFault(value, depthLeft) : findPropertyFault(value, depthLeft);
}

function findItemFault(items: readonly unknown[], depthLeft: number): Fault | undefined {
  for (let i = 0; i < items.length; i++) {
    const found = findFault(items[i], depthLeft - 1);
    if (found) return within(found, i);
  }
  return undefined;
}

function findPropertyFault(record: object, depthLeft: number): Fault | undefined {
  for (const key of Object.keys(record)) {
    const value = (record as Record<string, unknown>)[key];
    if (value === undefined) continue; // left out, as JSON does
    if (key === "__proto__") return fault('the key "__proto__"');
    const found = isWellFormed(key)
      ? findFault(value, depthLeft - 1)
      : fault("a key with half a surrogate pair", "ERR_CODEC_UNENCODABLE");
    if (found) return within(found, key);
  }
  return undefined;
}

function fault(what: string, code: CodecErrorCode = "ERR_CODEC_TYPE"): Fault {
  return { code, what, path: [] };
}

function within(found: Fault, key: string | number): Fault {
  found.path.push(key);
  return found;
}

/** An object literal, or one without a prototype; of another realm too. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    Object.getPrototypeOf(prototype) === null
  );
}

function className(value: object): string {
  const constructor: unknown = (value as { constructor?: unknown }).constructor;
  return typeof constructor === "function" && constructor.name !== ""
    ? constructor.name
    : "a class without a name";
}
