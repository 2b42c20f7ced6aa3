import { Pattern } from "./pattern.ts";
import type { Match } from "./match.ts";
import type { Replacement, SplitOptions, SubOptions } from "./pattern.ts";

/** Flags of the module functions. */
export interface FlagOptions {
  /** Letters of `aimsux`, as {@link compile} takes them. Default none. */
  readonly flags?: string | undefined;
}

/** Compiled patterns that the functions keep. */
const KEPT = 100;
const kept = new Map<string, Pattern>();

/**
 * Compiles a pattern in the syntax of Python 3.11's `re`, for text.
 *
 * @param flags - letters: `a` classes and case of ASCII only, `i` without regard to case, `m` `^` and
 *   `$` at every line, `s` the dot takes line feeds too, `u` Unicode (the default), `x` white space
 *   and comments in the pattern
 * @throws RegexError `ERR_REGEX_SYNTAX` with Python's message and position, `ERR_REGEX_FLAGS`,
 *   `ERR_REGEX_UNSUPPORTED` for what JavaScript's engine cannot do as Python does, `ERR_REGEX_LIMIT`
 *
 * @example
 * const pattern = compile(String.raw`(?P<key>\w+)=(?P<value>.*)`);
 * pattern.fullmatch("名字=织网")?.groupdict(); // { key: "名字", value: "织网" }
 */
export function compile(pattern: string, flags = ""): Pattern {
  return new Pattern(pattern, flags);
}

/** {@link Pattern.match} of a pattern; the last 100 patterns are kept compiled. */
export function match(pattern: string, text: string, options: FlagOptions = {}): Match | null {
  return cached(pattern, options).match(text);
}

/** {@link Pattern.fullmatch} of a pattern; the last 100 patterns are kept compiled. */
export function fullmatch(pattern: string, text: string, options: FlagOptions = {}): Match | null {
  return cached(pattern, options).fullmatch(text);
}

/** {@link Pattern.search} of a pattern; the last 100 patterns are kept compiled. */
export function search(pattern: string, text: string, options: FlagOptions = {}): Match | null {
  return cached(pattern, options).search(text);
}

/** {@link Pattern.findall} of a pattern; the last 100 patterns are kept compiled. */
export function findall(
  pattern: string,
  text: string,
  options: FlagOptions = {},
): string[] | string[][] {
  return cached(pattern, options).findall(text);
}

/** {@link Pattern.finditer} of a pattern; the last 100 patterns are kept compiled. */
export function finditer(
  pattern: string,
  text: string,
  options: FlagOptions = {},
): Generator<Match> {
  return cached(pattern, options).finditer(text);
}

/** {@link Pattern.sub} of a pattern; the last 100 patterns are kept compiled. */
export function sub(
  pattern: string,
  replacement: Replacement,
  text: string,
  options: FlagOptions & SubOptions = {},
): string {
  return cached(pattern, options).sub(replacement, text, options);
}

/** {@link Pattern.subn} of a pattern; the last 100 patterns are kept compiled. */
export function subn(
  pattern: string,
  replacement: Replacement,
  text: string,
  options: FlagOptions & SubOptions = {},
): [text: string, count: number] {
  return cached(pattern, options).subn(replacement, text, options);
}

/** {@link Pattern.split} of a pattern; the last 100 patterns are kept compiled. */
export function split(
  pattern: string,
  text: string,
  options: FlagOptions & SplitOptions = {},
): (string | null)[] {
  return cached(pattern, options).split(text, options);
}

function cached(pattern: string, { flags = "" }: FlagOptions): Pattern {
  const key = `${flags}/${pattern}`;
  const known = kept.get(key);
  const compiled = known ?? compile(pattern, flags);
  // Moved to the end: the one that was not used for longest is dropped first.
  kept.delete(key);
  kept.set(key, compiled);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return compiled;
}
