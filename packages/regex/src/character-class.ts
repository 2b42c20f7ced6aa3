import {
  ASCII_DIGITS,
  ASCII_LOWER,
  ASCII_SPACE,
  ASCII_WORD,
  DIGITS,
  FIXES,
  LOWER,
  SPACE,
  UPPER,
  WORD,
} from "./character-data.ts";
import { CodePointSet, EMPTY_SET } from "./code-point-set.ts";
import { ASCII, IGNORECASE } from "./flags.ts";
import type { FlagBits } from "./flags.ts";
import type { CategoryName, CharacterSet, SetItem } from "./syntax-tree.ts";

const TEXT_CATEGORIES: Readonly<Record<CategoryName, CodePointSet>> = {
  digit: DIGITS,
  space: SPACE,
  word: WORD,
};
const ASCII_CATEGORIES: Readonly<Record<CategoryName, CodePointSet>> = {
  digit: ASCII_DIGITS,
  space: ASCII_SPACE,
  word: ASCII_WORD,
};

/** What `\d`, `\s` and `\w` match under the flags. */
export function category(name: CategoryName, flags: FlagBits): CodePointSet {
  return (flags & ASCII ? ASCII_CATEGORIES : TEXT_CATEGORIES)[name];
}

/** What a character that stands for itself matches under the flags. */
export function literalSet(codePoint: number, flags: FlagBits): CodePointSet {
  const itself = CodePointSet.of([[codePoint, codePoint]]);
  if (!(flags & IGNORECASE)) return itself;
  const folding = foldingOf(flags);
  if (!folding.isCased(codePoint)) return itself;
  const lower = folding.lower(codePoint);
  return folding.loweringTo(single([lower, ...folding.fixes(lower)]));
}

/**
 * What a set matches under the flags, computed as CPython's `_optimize_charset` and its matcher do.
 * Without regard to case that is: the subject's character in lower case is looked up in a set whose
 * members were put in lower case, too. With one oddity, which we keep: members beyond U+FFFF are
 * not put in lower case, so a capital letter there never matches in a set.
 */
export function characterSet(
  node: Pick<CharacterSet, "items" | "negated">,
  flags: FlagBits,
): CodePointSet {
  const [only] = node.items;
  const matched =
    node.items.length === 1 && only?.type === "literal"
      ? literalSet(only.codePoint, flags)
      : unionOf(node.items, flags);
  return node.negated ? matched.complement() : matched;
}

function unionOf(items: readonly SetItem[], flags: FlagBits): CodePointSet {
  const [first = EMPTY_SET, ...others] = items.map((item) => plainSet(item, flags));
  const plain = others.length === 0 ? first : first.union(...others);
  if (!(flags & IGNORECASE)) return plain;
  const folding = foldingOf(flags);
  if (!items.some((item) => hasCase(item, folding))) return plain;
  const lowered = items.map((item) => loweredSet(item, flags, folding));
  return folding.loweringTo(EMPTY_SET.union(...lowered));
}

function plainSet(item: SetItem, flags: FlagBits): CodePointSet {
  if (item.type === "literal") return single([item.codePoint]);
  if (item.type === "range") return CodePointSet.of([[item.from, item.to]]);
  const set = category(item.name, flags);
  return item.negated ? set.complement() : set;
}

function hasCase(item: SetItem, folding: Folding): boolean {
  if (item.type === "category") return false;
  const [from, to] =
    item.type === "range" ? [item.from, item.to] : [item.codePoint, item.codePoint];
  if (to > 0xffff) return true;
  for (let point = from; point <= to; point++) if (folding.isCased(point)) return true;
  return false;
}

/** The lower-case characters whose presence in a subject makes a member of a set match. */
function loweredSet(item: SetItem, flags: FlagBits, folding: Folding): CodePointSet {
  if (item.type === "category") return plainSet(item, flags);
  const [from, to] =
    item.type === "range" ? [item.from, item.to] : [item.codePoint, item.codePoint];
  const points: number[] = [];
  const kept: [number, number][] = [];
  for (let point = from; point <= Math.min(to, 0xffff); point++) {
    const lower = folding.lower(point);
    points.push(lower, ...folding.fixes(lower));
  }
  if (to > 0xffff) {
    if (item.type === "literal") {
      kept.push([from, to]);
    } else {
      // Here the matcher tries the upper-case character against the range, too (RANGE_UNI_IGNORE).
      kept.push([from, to]);
      for (const [point, upper] of UPPER) if (upper >= from && upper <= to) points.push(point);
    }
  }
  return CodePointSet.of(kept).union(single(points));
}

function single(points: readonly number[]): CodePointSet {
  return CodePointSet.of(points.map((point) => [point, point] as const));
}

/** How case is disregarded: of ASCII letters only, or of all. */
interface Folding {
  lower(point: number): number;
  isCased(point: number): boolean;
  fixes(lower: number): readonly number[];
  /** All characters whose lower-case form is in `set`. */
  loweringTo(set: CodePointSet): CodePointSet;
}

function foldingOf(flags: FlagBits): Folding {
  return flags & ASCII ? ASCII_FOLDING : TEXT_FOLDING;
}

const TEXT_FOLDING: Folding = {
  lower: (point) => LOWER.get(point) ?? point,
  isCased: (point) => LOWER.has(point) || UPPER.has(point),
  fixes: (lower) => FIXES.get(lower) ?? [],
  loweringTo: (set) => loweringTo(set, LOWER),
};

const ASCII_FOLDING: Folding = {
  lower: (point) => ASCII_LOWER.get(point) ?? point,
  isCased: (point) => (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a),
  fixes: () => [],
  loweringTo: (set) => loweringTo(set, ASCII_LOWER),
};

function loweringTo(set: CodePointSet, lower: ReadonlyMap<number, number>): CodePointSet {
  // What is in lower case already stays; the rest is in the result as its lower case is in the set.
  const capitals = single([...lower.keys()]);
  const small = set.complement().union(capitals).complement();
  const matching: number[] = [];
  for (const [point, below] of lower) if (set.has(below)) matching.push(point);
  return small.union(single(matching));
}
