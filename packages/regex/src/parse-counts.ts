import { DECIMAL_DIGITS } from "./parse-escape.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** How often something repeats; `max` is Infinity for no bound. */
export type Counts = readonly [min: number, max: number];

/** CPython's MAXREPEAT, which stands for "no bound" there. */
const MAX_REPEAT = 4_294_967_295;

/**
 * The counts of a quantifier whose first character is read already. A brace that begins no counts is
 * a character like any other: then the result is undefined, and what is behind it is read again.
 */
export function parseCounts(source: Tokenizer, token: string): Counts | undefined {
  switch (token) {
    case "?":
      return [0, 1];
    case "*":
      return [0, Infinity];
    case "+":
      return [1, Infinity];
    default:
      return parseBraces(source);
  }
}

function parseBraces(source: Tokenizer): Counts | undefined {
  const here = source.tell();
  if (source.next === "}") return undefined;
  const low = source.getWhile(Infinity, DECIMAL_DIGITS);
  const high = source.match(",") ? source.getWhile(Infinity, DECIMAL_DIGITS) : low;
  if (!source.match("}")) {
    source.seek(here);
    return undefined;
  }
  const min = low === "" ? 0 : Number(low);
  const max = high === "" ? Infinity : Number(high);
  if (min >= MAX_REPEAT || (high !== "" && max >= MAX_REPEAT)) {
    throw source.errorAt("the repetition number is too large", undefined);
  }
  if (max < min) throw source.errorAt("min repeat greater than max repeat", here);
  return [min, max];
}
