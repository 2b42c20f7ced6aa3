import { DIGITS } from "./character-data.ts";

/** Whether Python's `str.isidentifier` holds (without its normalisation, as the parser uses it). */
export function isIdentifier(text: string): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
}

/** Python's `repr` of a text, for messages that quote it. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = "";
  for (const character of text) body += reprCharacter(character, quote);
  return quote + body + quote;
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function reprCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${character}`;
  const escaped = ESCAPED[character];
  if (escaped !== undefined) return escaped;
  if (character === " " || !/[\p{C}\p{Z}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/**
 * Python's `int(text)` where that is a number of at least 0: white space around it, a sign, single
 * underscores between digits and the digits of any script are allowed.
 */
export function pythonInt(text: string): number | undefined {
  const number = text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  const [, sign = "", digits = ""] = /^([+-]?)([^_]+(?:_[^_]+)*)$/u.exec(number) ?? [];
  if (digits === "") return undefined;
  let value = 0;
  for (const digit of digits.replaceAll("_", "")) {
    const range = DIGITS.rangeOf(digit.codePointAt(0) ?? 0);
    if (range === undefined) return undefined;
    value = value * 10 + (((digit.codePointAt(0) ?? 0) - range[0]) % 10);
  }
  return sign === "-" && value > 0 ? undefined : value;
}
