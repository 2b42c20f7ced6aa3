/**
 * Errors from one thread to another.
 *
 * A structured clone keeps an error's message, stack and cause, and loses its own class, its `code` and
 * whatever else it carries. So it goes as plain data, and becomes an error of the same class again
 * where that class is one of JavaScript's or this package's.
 */
import { ConcurrencyError } from "../errors.ts";
import type { ConcurrencyErrorCode } from "../errors.ts";

/** An error as plain data; or something else that was thrown, as it is. */
export type ThreadFailure =
  | { readonly thrown: unknown }
  | {
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** Own fields that can be cloned, `code` among them. */
      readonly fields: Readonly<Record<string, unknown>>;
      readonly cause?: ThreadFailure;
      readonly errors?: readonly ThreadFailure[];
    };

/** A chain of causes that is longer than this, or a circle, is cut off here. */
const maxDepth = 16;

/** The most errors of an `AggregateError` that are passed on. */
const maxErrors = 100;

const nativeClasses: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** Makes an error plain data. */
export function encodeFailure(error: unknown, depth = 0): ThreadFailure {
  if (!(error instanceof Error)) return { thrown: isCloneable(error) ? error : String(error) };
  const inner = (value: unknown): ThreadFailure => encodeFailure(value, depth + 1);
  const deeper = depth < maxDepth;
  // A program may have made them anything.
  const { name, message, stack }: { name: unknown; message: unknown; stack?: unknown } = error;
  return {
    name: String(name),
    message: String(message),
    stack: typeof stack === "string" ? stack : undefined,
    fields: Object.fromEntries(
      Object.entries(error).filter(
        ([key, value]) =>
          !["name", "message", "stack", "cause"].includes(key) && isCloneable(value),
      ),
    ),
    ...(deeper && "cause" in error ? { cause: inner(error.cause) } : {}),
    ...(deeper && error instanceof AggregateError
      ? { errors: error.errors.slice(0, maxErrors).map(inner) }
      : {}),
  };
}

/** Makes it what was thrown, as far as it can be. */
export function decodeFailure(failure: ThreadFailure): unknown {
  if ("thrown" in failure) return failure.thrown;
  const { name, message, stack, fields, cause, errors } = failure;
  const options = cause === undefined ? undefined : { cause: decodeFailure(cause) };
  const error = create(failure, message, options);
  if (errors !== undefined && error instanceof AggregateError) {
    error.errors = errors.map((inner) => decodeFailure(inner));
  }
  if (error.name !== name) define(error, "name", name);
  if (stack !== undefined) define(error, "stack", stack);
  for (const [key, value] of Object.entries(fields)) {
    if ((error as unknown as Record<string, unknown>)[key] !== value) {
      Object.defineProperty(error, key, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return error;
}

function create(
  failure: Exclude<ThreadFailure, { thrown: unknown }>,
  message: string,
  options: ErrorOptions | undefined,
): Error {
  const { name, fields, errors } = failure;
  if (name === "ConcurrencyError") {
    return new ConcurrencyError(fields["code"] as ConcurrencyErrorCode, message, options);
  }
  if (errors !== undefined) return new AggregateError([], message, options);
  const Class = Object.hasOwn(nativeClasses, name) ? nativeClasses[name] : undefined;
  return new (Class ?? Error)(message, options);
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true });
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
