import { ConcurrencyError } from "../errors.ts";
import type { ConcurrencyErrorCode } from "../errors.ts";
import { decodeValue, encodeValue } from "./wire-value.ts";

/**
 * A thrown value on its way to another process. The structured clone algorithm would keep an error's
 * message, stack and cause, and lose its `code`, its own properties and the errors of an aggregate.
 */
export type WireError =
  | { readonly value: Uint8Array }
  | {
      readonly name: string;
      readonly message: string;
      readonly stack?: string | undefined;
      readonly cause?: WireError | undefined;
      readonly errors?: readonly WireError[] | undefined;
      /** Own properties, `code` among them, as pairs: a key may be `__proto__`. */
      readonly properties: Uint8Array;
    };

/** Causes deeper than this are left out: a chain may lead back to itself. */
const maxDepth = 8;
/** Errors of an aggregate beyond these are left out. */
const maxErrors = 100;

/** The classes that come back as what they were. Others come as `Error` with their name. */
const classes: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

const standard = new Set(["name", "message", "stack", "cause", "errors"]);

export function encodeError(error: unknown, depth = 0): WireError {
  if (!(error instanceof Error)) return { value: encodeIfPossible(error) };
  // Whatever the classes say, a program may have put anything there.
  const { name, message, stack, cause }: { readonly [K in keyof Error]: unknown } = error;
  const properties = Object.entries(error).filter(
    ([key, value]) => !standard.has(key) && isCloneable(value),
  );
  // DOMException has `code` as a getter of its class: a number that says less than the name.
  const deeper = depth < maxDepth;
  return {
    name: String(name),
    message: String(message),
    ...(typeof stack === "string" ? { stack } : {}),
    ...(cause !== undefined && deeper ? { cause: encodeError(cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && deeper
      ? { errors: error.errors.slice(0, maxErrors).map((one) => encodeError(one, depth + 1)) }
      : {}),
    properties: encodeValue(properties, "an error's properties"),
  };
}

/** The error as it was thrown, with its own stack: it says where in the other process it happened. */
export function decodeError(wire: WireError): unknown {
  if ("value" in wire) return decodeValue(wire.value);
  const { name, message, stack, cause, errors } = wire;
  const properties = decodeValue(wire.properties) as readonly (readonly [string, unknown])[];
  const code = properties.find(([key]) => key === "code")?.[1];
  const options = cause === undefined ? undefined : { cause: decodeError(cause) };
  const error = construct(name, message, options, { errors, code });
  if (error.name !== name) define(error, "name", name);
  if (stack !== undefined) define(error, "stack", stack);
  for (const [key, value] of properties) {
    if (!Object.hasOwn(error, key)) {
      Object.defineProperty(error, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  return error;
}

function construct(
  name: string,
  message: string,
  options: ErrorOptions | undefined,
  { errors, code }: { readonly errors?: readonly WireError[] | undefined; readonly code: unknown },
): Error {
  if (name === "ConcurrencyError") {
    return new ConcurrencyError(code as ConcurrencyErrorCode, message, options);
  }
  if (errors !== undefined) return new AggregateError(errors.map(decodeError), message, options);
  const Class = Object.hasOwn(classes, name) ? (classes[name] ?? Error) : Error;
  return new Class(message, options);
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true });
}

function isCloneable(value: unknown): boolean {
  try {
    encodeValue(value, "a property");
    return true;
  } catch {
    return false;
  }
}

function encodeIfPossible(value: unknown): Uint8Array {
  try {
    return encodeValue(value, "what was thrown");
  } catch {
    return encodeValue(String(value), "what was thrown");
  }
}
