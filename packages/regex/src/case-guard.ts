import { FIXES, LOWER, UPPER } from "./character-data.ts";
import { classSource } from "./class-source.ts";
import { CodePointSet } from "./code-point-set.ts";

/*
 * A back-reference without regard to case is the one construct that needs JavaScript's own flag `i`.
 * Python compares lower-case letters there, JavaScript compares folded ones: for most letters that is
 * the same, for `ſ`, `İ`, `ς` and some more it is not. So a text with one of those is refused, and
 * for all other texts the flag is exact, if every class of the pattern holds either all cases of a
 * letter or none.
 */

/** Where JavaScript's flag `i` does what Python does. */
export interface CaseGuard {
  /** Finds a letter on which the two disagree. */
  readonly exotic: RegExp;
  /** Whether the flag leaves the meaning of a class alone, in texts without such letters. */
  leaves(set: CodePointSet): boolean;
}

let textGuard: CaseGuard | undefined;
let asciiGuard: CaseGuard | undefined;

/** The guard for back-references to text, or under the flag `a`. */
export function caseGuard(ascii: boolean): CaseGuard {
  if (ascii)
    return (asciiGuard ??= guardOf(families().map((all) => ({ all, agreed: asciiOf(all) }))));
  return (textGuard ??= guardOf(families().map((all) => ({ all, agreed: agreeing(all) }))));
}

/** Letters that differ in case alone. */
interface Family {
  readonly all: readonly number[];
  /** Those of them on which Python and JavaScript agree. */
  readonly agreed: readonly number[];
}

function guardOf(all: readonly Family[]): CaseGuard {
  const agreed = CodePointSet.of([
    [0, 0x7f],
    ...all.flatMap((family) => family.agreed.map((point) => [point, point] as const)),
  ]);
  return {
    // Also letters that only this engine's version of Unicode knows.
    exotic: new RegExp(`(?!${classSource(agreed)})\\p{Changes_When_Casemapped}`, "u"),
    leaves: (set) =>
      all.every((family) => {
        // Any member in a class makes JavaScript take the others, too.
        const touched = family.all.some((point) => set.has(point));
        return !touched || family.agreed.every((point) => set.has(point));
      }),
  };
}

function asciiOf(family: readonly number[]): number[] {
  return family.filter((point) => point <= 0x7f);
}

function agreeing(family: readonly number[]): number[] {
  const alien = new Set<number>();
  for (const one of family) {
    if (expands(one)) alien.add(one);
    for (const other of family) {
      if (one !== other && pythonEqual(one, other) !== javaScriptEqual(one, other)) {
        alien.add(one).add(other);
      }
    }
  }
  // ASCII letters stay: they agree with each other, and it takes an alien one to disagree.
  return family.filter((point) => point <= 0x7f || !alien.has(point));
}

function families(): number[][] {
  const all = new Map<number, number[]>();
  const link = (one: number, other: number): void => {
    const family = all.get(one) ?? [one];
    const others = all.get(other) ?? [other];
    if (family === others) return;
    for (const point of others) family.push(point);
    for (const point of family) all.set(point, family);
  };
  for (const map of [LOWER, UPPER]) for (const [one, other] of map) link(one, other);
  for (const [one, others] of FIXES) for (const other of others) link(one, other);
  return [...new Set(all.values())];
}

/** V8 compares back-references by their full folding, where `ß` is `ss`. */
function expands(point: number): boolean {
  const character = String.fromCodePoint(point);
  const { length } = character;
  return character.toUpperCase().length !== length || character.toLowerCase().length !== length;
}

function pythonEqual(one: number, other: number): boolean {
  return (LOWER.get(one) ?? one) === (LOWER.get(other) ?? other);
}

function javaScriptEqual(one: number, other: number): boolean {
  return new RegExp(String.fromCodePoint(one), "iu").test(String.fromCodePoint(other));
}
