import { AppError } from "./errors.ts";
import type { Text, Translate } from "./language.ts";
import { printable } from "./printable.ts";
import { SYSTEM_ERRORS } from "./system-errors.ts";

/** How many errors of a chain or an aggregate are looked at: a chain may be endless. */
const MAX_ERRORS = 32;
const MAX_PLACES = 4;

/**
 * Says in one line what went wrong, in the user's language, with the address, host or path it
 * happened to and what helps.
 *
 * It reads errors by their fields, so it needs none of the packages that throw them: an
 * {@link AppError}, or any error with such a `text`, speaks for itself; else the nearest system error (a code such as `EADDRINUSE`)
 * along `cause` and the `errors` of an `AggregateError` is described; else the messages along the
 * chain are joined. A time limit that was reached says so.
 *
 * @param t - picks the language: `app.t`
 */
export function describeError(error: unknown, t: Translate): string {
  return printable(describe(error, t, new Set()));
}

function describe(error: unknown, t: Translate, seen: Set<unknown>): string {
  if (!(error instanceof Error) || seen.has(error) || seen.size >= MAX_ERRORS) {
    return error instanceof Error ? error.message : String(error);
  }
  seen.add(error);
  const text = textOf(error);
  if (text !== undefined) {
    const own = t(text);
    return error.cause === undefined ? own : `${own}: ${describe(error.cause, t, seen)}`;
  }
  const system = findSystemErrors(error);
  if (system.length > 0) return describeSystem(system, error, t);
  if (error.name === "TimeoutError") {
    return t({ en: "the time limit was reached", zh: "已到时间限制" });
  }
  // With a cause it is no mistake in the code: `fetch` reports so what failed beneath it.
  const mistake = error.name === "TypeError" || error.name === "ReferenceError";
  if (mistake && error.cause === undefined) {
    return t({
      en: `unexpected error in this program: ${error.message} (NETLOOM_DEBUG=1 shows where)`,
      zh: `程序出现意外错误：${error.message}（设置 NETLOOM_DEBUG=1 可查看位置）`,
    });
  }
  const own = error.message === "" ? error.name : error.message;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const cause: unknown = error.cause ?? inner;
  if (cause === undefined) return own;
  const beneath = describe(cause, t, seen);
  return own.includes(beneath) ? own : `${own}: ${beneath}`;
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly path?: unknown;
  readonly hostname?: unknown;
}

/** The first system error in the chain, with those of the same code that were tried beside it. */
export function findSystemErrors(error: unknown): readonly SystemError[] {
  const queue: unknown[] = [error];
  const found: SystemError[] = [];
  for (let index = 0; index < queue.length && index < MAX_ERRORS; index++) {
    const current = queue[index];
    if (!(current instanceof Error)) continue;
    // A failed connect to a name with many addresses is an AggregateError that bears the code
    // of its first error, but no address: what it holds says more.
    const inner = current instanceof AggregateError ? (current.errors as unknown[]) : [];
    if (inner.length === 0 && isKnownSystemError(current)) {
      if (found.length === 0 || found[0]?.code === current.code) found.push(current);
      continue;
    }
    queue.push(...inner.slice(0, MAX_ERRORS), current.cause);
  }
  return found;
}

function isKnownSystemError(error: Error): error is SystemError {
  return (
    "code" in error && typeof error.code === "string" && Object.hasOwn(SYSTEM_ERRORS, error.code)
  );
}

function describeSystem(errors: readonly SystemError[], outer: Error, t: Translate): string {
  const [first] = errors;
  if (first === undefined) return "";
  const places = new Set(errors.map(placeOf).filter((place) => place !== undefined));
  const text = SYSTEM_ERRORS[first.code]?.({
    place: places.size === 0 ? undefined : [...places].slice(0, MAX_PLACES).join(", "),
    syscall: typeof first.syscall === "string" ? first.syscall : undefined,
    port: typeof first.port === "number" ? first.port : undefined,
  });
  if (text === undefined) return first.message;
  // What a package says about a connection or file that the system did not name is worth reading.
  const words = places.size === 0 && outer !== first ? outer.message : "";
  return words === "" ? t(text) : t({ en: `${text.en} (${words})`, zh: `${text.zh}（${words}）` });
}

/** The text of an {@link AppError}, or of an error of an app's own that has one like it. */
function textOf(error: Error): Text | undefined {
  if (error instanceof AppError) return error.text;
  if (!("text" in error) || typeof error.text !== "object" || error.text === null) return undefined;
  const { en, zh } = error.text as { en?: unknown; zh?: unknown };
  return typeof en === "string" && typeof zh === "string" ? { en, zh } : undefined;
}

function placeOf({ address, port, path, hostname }: SystemError): string | undefined {
  if (typeof address === "string") {
    // A Unix socket has a path for an address, and no port.
    if (typeof port !== "number") return address;
    return `${address.includes(":") ? `[${address}]` : address}:${port}`;
  }
  if (typeof path === "string") return path;
  if (typeof hostname === "string") return hostname;
  // `listen` on a port alone names no address.
  return typeof port === "number" ? `port ${port}` : undefined;
}
