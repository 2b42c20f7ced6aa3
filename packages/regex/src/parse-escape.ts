import { RegexError } from "./errors.ts";
import { pythonRepr } from "./python-text.ts";
import type { CategoryName } from "./syntax-tree.ts";
import { lengthOf } from "./tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";

export const OCTAL_DIGITS = "01234567";
export const DECIMAL_DIGITS = "0123456789";
const HEX_DIGITS = "0123456789abcdefABCDEF";

/** Escapes that mean one character, in patterns and in templates. */
export const CHARACTER_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["\\a", 0x07],
  ["\\b", 0x08],
  ["\\f", 0x0c],
  ["\\n", 0x0a],
  ["\\r", 0x0d],
  ["\\t", 0x09],
  ["\\v", 0x0b],
  ["\\\\", 0x5c],
]);

const CATEGORY_NAMES: Readonly<Record<string, CategoryName>> = {
  d: "digit",
  s: "space",
  w: "word",
};

/** What `\d`, `\D` and so on mean; undefined for any other escape. */
export function categoryEscape(
  escape: string,
): { type: "category"; name: CategoryName; negated: boolean } | undefined {
  const letter = escape.slice(1);
  const name = CATEGORY_NAMES[letter.toLowerCase()];
  if (name === undefined || letter.length !== 1) return undefined;
  return { type: "category", name, negated: letter !== letter.toLowerCase() };
}

/** Whether a template or pattern may not give the letter a meaning of its own. */
export function isAsciiLetter(text: string): boolean {
  return /^[A-Za-z]$/.test(text);
}

/**
 * The code point of an escape that means the same inside and outside of sets: `\x41`, `\u0041`,
 * `\U00000041`, `\N{…}`, and a backslash before what is no letter or digit. Its first two
 * characters are read already.
 */
export function parseCharacterEscape(source: Tokenizer, escape: string): number {
  const character = escape.slice(1);
  switch (character) {
    case "x":
      return hexEscape(source, escape, 2);
    case "u":
      return hexEscape(source, escape, 4);
    case "U":
      return hexEscape(source, escape, 8);
    case "N":
      return namedEscape(source);
    default:
      if (isAsciiLetter(character) || DECIMAL_DIGITS.includes(character)) {
        throw source.error(`bad escape ${escape}`, lengthOf(escape));
      }
      return character.codePointAt(0) ?? 0;
  }
}

function hexEscape(source: Tokenizer, start: string, digits: number): number {
  const escape = start + source.getWhile(digits, HEX_DIGITS);
  if (escape.length !== 2 + digits) {
    throw source.error(`incomplete escape ${escape}`, escape.length);
  }
  const codePoint = Number.parseInt(escape.slice(2), 16);
  if (codePoint > 0x10_ffff) throw source.error(`bad escape ${escape}`, escape.length);
  return codePoint;
}

function namedEscape(source: Tokenizer): never {
  const start = source.tell() - 2;
  if (!source.match("{")) throw source.error("missing {");
  const name = source.getUntil("}", "character name");
  throw new RegexError(
    "ERR_REGEX_UNSUPPORTED",
    `characters by name are not supported (write \\u or \\U and the number of ${pythonRepr(name)})`,
    { pattern: source.text, position: start },
  );
}

/** The code point of an octal escape that was read whole. */
export function octalValue(source: Tokenizer, escape: string): number {
  const value = Number.parseInt(escape.slice(1), 8);
  if (value > 0o377) {
    const reason = `octal escape value ${escape} outside of range 0-0o377`;
    throw source.error(reason, escape.length);
  }
  return value;
}
