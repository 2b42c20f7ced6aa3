import {
  categoryEscape,
  CHARACTER_ESCAPES,
  OCTAL_DIGITS,
  octalValue,
  parseCharacterEscape,
} from "./parse-escape.ts";
import type { CharacterSet, Literal, SetItem } from "./syntax-tree.ts";
import { lengthOf } from "./tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Parses a set whose `[` is read already. A set of one character is a literal, as in CPython: case
 * is compared otherwise there.
 */
export function parseSet(source: Tokenizer): CharacterSet | Literal {
  const start = source.tell() - 1;
  const items: SetItem[] = [];
  const negated = source.match("^");
  const unterminated = (): Error =>
    source.error("unterminated character set", source.tell() - start);
  for (;;) {
    const token = source.get();
    if (token === undefined) throw unterminated();
    if (token === "]" && items.length > 0) break;
    const item = setItem(source, token);
    if (!source.match("-")) {
      items.push(item);
      continue;
    }
    const last = source.get();
    if (last === undefined) throw unterminated();
    if (last === "]") {
      items.push(item, { type: "literal", codePoint: 0x2d });
      break;
    }
    const to = setItem(source, last);
    if (item.type !== "literal" || to.type !== "literal" || to.codePoint < item.codePoint) {
      const reason = `bad character range ${token}-${last}`;
      throw source.error(reason, lengthOf(token) + 1 + lengthOf(last));
    }
    items.push({ type: "range", from: item.codePoint, to: to.codePoint });
  }
  const end = source.tell();
  const [first] = items;
  const single =
    first?.type === "literal" &&
    items.every((item) => item.type === "literal" && item.codePoint === first.codePoint);
  if (single && !negated) return { type: "literal", codePoint: first.codePoint, start, end };
  return { type: "set", negated, items: single ? [first] : items, start, end };
}

function setItem(source: Tokenizer, token: string): SetItem {
  if (!token.startsWith("\\")) return { type: "literal", codePoint: token.codePointAt(0) ?? 0 };
  const category = categoryEscape(token);
  if (category !== undefined) return category;
  return { type: "literal", codePoint: escapedInSet(source, token) };
}

function escapedInSet(source: Tokenizer, escape: string): number {
  const known = CHARACTER_ESCAPES.get(escape);
  if (known !== undefined) return known;
  if (!OCTAL_DIGITS.includes(escape.slice(1))) return parseCharacterEscape(source, escape);
  return octalValue(source, escape + source.getWhile(2, OCTAL_DIGITS));
}
