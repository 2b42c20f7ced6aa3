import { RegexError } from "./errors.ts";

/** A set of flags as bits, with the values of CPython's `re._constants`. */
export type FlagBits = number;

export const TEMPLATE: FlagBits = 1;
export const IGNORECASE: FlagBits = 2;
export const LOCALE: FlagBits = 4;
export const MULTILINE: FlagBits = 8;
export const DOTALL: FlagBits = 16;
export const UNICODE: FlagBits = 32;
export const VERBOSE: FlagBits = 64;
export const ASCII: FlagBits = 256;

/** The flags that say which characters classes and case mean; one of them holds. */
export const TYPE_FLAGS: FlagBits = ASCII | LOCALE | UNICODE;

/** The letters of inline flags. `t` is an old secret of Python's parser. */
export const INLINE_FLAGS: ReadonlyMap<string, FlagBits> = new Map([
  ["i", IGNORECASE],
  ["L", LOCALE],
  ["m", MULTILINE],
  ["s", DOTALL],
  ["x", VERBOSE],
  ["a", ASCII],
  ["t", TEMPLATE],
  ["u", UNICODE],
]);

const LETTERS = "aiLmsux";

/**
 * The bits for letters such as `im`, in any order; a letter may stand there twice.
 *
 * @throws RegexError `ERR_REGEX_FLAGS` for any other letter
 */
export function flagBits(letters: string): FlagBits {
  let bits = 0;
  for (const letter of letters) {
    const bit = LETTERS.includes(letter) ? INLINE_FLAGS.get(letter) : undefined;
    if (bit === undefined) {
      const got = JSON.stringify(letter);
      throw new RegexError("ERR_REGEX_FLAGS", `unknown flag ${got}: expected letters of aimsux`);
    }
    bits |= bit;
  }
  return bits;
}

/** The letters of flags, in alphabetical order: what `Pattern.flags` shows. */
export function flagLetters(bits: FlagBits): string {
  return [...LETTERS].filter((letter) => bits & (INLINE_FLAGS.get(letter) ?? 0)).join("");
}

/**
 * The flags of a whole pattern: `u` unless `a` is given, as CPython's `fix_flags` has it for text.
 *
 * @throws RegexError `ERR_REGEX_FLAGS` with Python's words
 */
export function completeFlags(bits: FlagBits): FlagBits {
  if (bits & LOCALE) {
    throw new RegexError("ERR_REGEX_FLAGS", "cannot use LOCALE flag with a str pattern");
  }
  if (!(bits & ASCII)) return bits | UNICODE;
  if (bits & UNICODE) {
    throw new RegexError("ERR_REGEX_FLAGS", "ASCII and UNICODE flags are incompatible");
  }
  return bits;
}

/** The flags inside of a group that adds and removes some; a type flag takes the place of another. */
export function combineFlags(bits: FlagBits, added: FlagBits, removed: FlagBits): FlagBits {
  const kept = added & TYPE_FLAGS ? bits & ~TYPE_FLAGS : bits;
  return (kept | added) & ~removed;
}
