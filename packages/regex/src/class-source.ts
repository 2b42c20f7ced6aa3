import type { CodePointSet } from "./code-point-set.ts";

/** Sources of sets that are used again: those of `\\w` and the like are long. */
const known = new WeakMap<CodePointSet, string>();

/** A set as the source of a JavaScript class, for the flag `u`. */
export function classSource(set: CodePointSet): string {
  let source = known.get(set);
  if (source === undefined) known.set(set, (source = makeSource(set)));
  return source;
}

function makeSource(set: CodePointSet): string {
  const ranges = set.ranges();
  if (ranges.length === 0) return "[]";
  const [[first, last] = [0, 0]] = ranges;
  if (ranges.length === 1 && first === last) return characterSource(first);
  const others = set.complement().ranges();
  return others.length < ranges.length ? `[^${rangesSource(others)}]` : `[${rangesSource(ranges)}]`;
}

function rangesSource(ranges: readonly (readonly [number, number])[]): string {
  return ranges
    .map(([first, last]) => {
      if (first === last) return characterSource(first);
      const hyphen = last === first + 1 ? "" : "-";
      return `${characterSource(first)}${hyphen}${characterSource(last)}`;
    })
    .join("");
}

/** One character, which means itself anywhere in a JavaScript pattern with the flag `u`. */
export function characterSource(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  if (/^[0-9A-Za-z_ ]$/.test(character)) return character;
  if (codePoint <= 0xff) return `\\x${codePoint.toString(16).padStart(2, "0")}`;
  // Not \uXXXX: two of those may join into one character beyond U+FFFF.
  return `\\u{${codePoint.toString(16)}}`;
}
