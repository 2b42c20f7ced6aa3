import { RegexError } from "./errors.ts";
import type { Found } from "./matcher.ts";
import type { Pattern } from "./pattern.ts";
import type { Subject } from "./subject.ts";
import { expandTemplate, parseTemplate } from "./template.ts";

/** A group by its number (0 is the whole match) or its name. */
export type GroupKey = number | string;

/** What a {@link Match} is made of. */
export interface MatchParts {
  readonly re: Pattern;
  readonly subject: Subject;
  readonly pos: number;
  readonly endpos: number;
  readonly found: Found;
  /** For each group its numbers among those of `found`, of which at most one is set. */
  readonly numbers: readonly (readonly number[])[];
  /** Groups in the order in which they close. */
  readonly closing: readonly number[];
}

/**
 * One match. Positions are in code points, as Python's; a group that took no part is null, and its
 * positions are -1.
 */
export class Match {
  readonly #parts: MatchParts;

  /** Made by the methods of {@link Pattern}. */
  constructor(parts: MatchParts) {
    this.#parts = parts;
  }

  /** The pattern that made this match. */
  get re(): Pattern {
    return this.#parts.re;
  }

  /** The text that was searched, whole. */
  get string(): string {
    return this.#parts.subject.text;
  }

  /** Where the search began, in code points. */
  get pos(): number {
    return this.#parts.pos;
  }

  /** Where the search had to end, in code points. */
  get endpos(): number {
    return this.#parts.endpos;
  }

  /** The number of the group that closed last, or null when no group took part. */
  get lastindex(): number | null {
    return this.#parts.closing.findLast((index) => this.#text(index) !== undefined) ?? null;
  }

  /** The name of that group, or null when it has none. */
  get lastgroup(): string | null {
    const { lastindex } = this;
    for (const [name, index] of this.re.groupindex) if (index === lastindex) return name;
    return null;
  }

  /**
   * The text of the whole match, of one group, or of several as an array.
   *
   * @throws RegexError `ERR_REGEX_GROUP` when the pattern has no such group
   */
  group(): string;
  group(key: GroupKey): string | null;
  group(first: GroupKey, second: GroupKey, ...more: GroupKey[]): (string | null)[];
  group(...keys: GroupKey[]): string | null | (string | null)[] {
    const [key = 0] = keys;
    if (keys.length < 2) return this.#text(this.#index(key)) ?? null;
    return keys.map((each) => this.#text(this.#index(each)) ?? null);
  }

  /** The texts of all groups from 1 on, with `absent` for those that took no part. */
  groups(): (string | null)[];
  groups<T>(absent: T): (string | T)[];
  groups(absent: unknown = null): unknown[] {
    const all = this.#parts.numbers.map((_, index) => this.#text(index) ?? absent);
    return all.slice(1);
  }

  /** The texts of the named groups by their names, with `absent` for those that took no part. */
  groupdict(): Record<string, string | null>;
  groupdict<T>(absent: T): Record<string, string | T>;
  groupdict(absent: unknown = null): Record<string, unknown> {
    const named = [...this.re.groupindex];
    // Not by assignment: a group may be named __proto__.
    return Object.fromEntries(named.map(([name, index]) => [name, this.#text(index) ?? absent]));
  }

  /** Where the match or a group starts, in code points. @throws as {@link Match.group} */
  start(key: GroupKey = 0): number {
    return this.span(key)[0];
  }

  /** Where the match or a group ends, in code points (exclusive). @throws as {@link Match.group} */
  end(key: GroupKey = 0): number {
    return this.span(key)[1];
  }

  /** Start and end of the match or a group, in code points. @throws as {@link Match.group} */
  span(key: GroupKey = 0): [start: number, end: number] {
    const { subject, found } = this.#parts;
    const index = this.#index(key);
    if (index === 0) return [subject.pointOf(found.start), subject.pointOf(found.end)];
    const set = this.#number(index);
    const span = set === undefined ? undefined : found.spans()[set];
    return span === undefined ? [-1, -1] : [subject.pointOf(span[0]), subject.pointOf(span[1])];
  }

  /**
   * A replacement template filled with this match, as `sub` does.
   *
   * @throws RegexError `ERR_REGEX_TEMPLATE`
   */
  expand(template: string): string {
    return expandTemplate(parseTemplate(template, this.re), (index) => this.#text(index) ?? "");
  }

  /** The number of a group among those of `found`, if it took part. */
  #number(index: number): number | undefined {
    const { numbers, found } = this.#parts;
    return numbers[index]?.find((number) => found.texts[number] !== undefined);
  }

  #text(index: number): string | undefined {
    const { found } = this.#parts;
    const set = this.#number(index);
    return set === undefined ? undefined : found.texts[set];
  }

  #index(key: GroupKey): number {
    const index = typeof key === "string" ? this.re.groupindex.get(key) : key;
    if (index !== undefined && this.#parts.numbers.length > index && index >= 0) {
      if (Number.isInteger(index)) return index;
    }
    throw new RegexError("ERR_REGEX_GROUP", `no such group: ${JSON.stringify(key)}`);
  }
}
