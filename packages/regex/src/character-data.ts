import { CodePointSet } from "./code-point-set.ts";
import {
  CASE_FIXES,
  DIGIT_RANGES,
  LOWER_RUNS,
  SPACE_RANGES,
  UPPER_RUNS,
  WORD_RANGES,
} from "./unicode-tables.ts";

/** `\w`, `\d` and `\s` of text, and of text under the flag `a`. */
export const WORD: CodePointSet = decodeRanges(WORD_RANGES);
export const DIGITS: CodePointSet = decodeRanges(DIGIT_RANGES);
export const SPACE: CodePointSet = decodeRanges(SPACE_RANGES);
export const ASCII_WORD: CodePointSet = CodePointSet.of([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]);
export const ASCII_DIGITS: CodePointSet = CodePointSet.of([[0x30, 0x39]]);
export const ASCII_SPACE: CodePointSet = CodePointSet.of([
  [0x09, 0x0d],
  [0x20, 0x20],
]);

/** Letters and what they become in lower case, where that is another one. */
export const LOWER: ReadonlyMap<number, number> = decodeRuns(LOWER_RUNS);
/** Letters and what they become in upper case (its first character), where that is another one. */
export const UPPER: ReadonlyMap<number, number> = decodeRuns(UPPER_RUNS);
/** The letters of `A` to `Z` and what they become. */
export const ASCII_LOWER: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 26 }, (_, i) => [0x41 + i, 0x61 + i]),
);
/** Lower-case letters and the others that have the same upper-case letter. */
export const FIXES: ReadonlyMap<number, readonly number[]> = decodeFixes(CASE_FIXES);

function numbersOf(table: string): number[] {
  return table.split(" ").map((digits) => Number.parseInt(digits, 36));
}

function decodeRanges(table: string): CodePointSet {
  const numbers = numbersOf(table);
  const ranges: [number, number][] = [];
  let end = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    const start = end + (numbers[i] ?? 0);
    end = start + (numbers[i + 1] ?? 0);
    ranges.push([start, end - 1]);
  }
  return CodePointSet.of(ranges);
}

function decodeRuns(table: string): Map<number, number> {
  const numbers = numbersOf(table);
  const map = new Map<number, number>();
  let start = 0;
  for (let i = 0; i < numbers.length; i += 4) {
    const [gap = 0, count = 0, stride = 0, delta = 0] = numbers.slice(i, i + 4);
    start += gap;
    for (let k = 0; k < count; k++) map.set(start + k * stride, start + k * stride + delta);
  }
  return map;
}

function decodeFixes(table: string): Map<number, number[]> {
  const numbers = numbersOf(table);
  const map = new Map<number, number[]>();
  for (let i = 0; i < numbers.length; i += 2) {
    const [letter = 0, other = 0] = numbers.slice(i, i + 2);
    map.set(letter, [...(map.get(letter) ?? []), other]);
  }
  return map;
}
