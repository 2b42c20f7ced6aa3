import { RegexError } from "./errors.ts";
import { flagBits, flagLetters } from "./flags.ts";
import { Match } from "./match.ts";
import type { MatchParts } from "./match.ts";
import { Matcher } from "./matcher.ts";
import type { Found } from "./matcher.ts";
import { parse } from "./parser.ts";
import { Subject } from "./subject.ts";
import { expandTemplate, parseTemplate } from "./template.ts";
import { translate } from "./translate.ts";

/** The part of a text to look at. */
export interface SearchOptions {
  /**
   * Where to begin, in code points. `^` and look-behinds still see what is before it. Default 0;
   * below 0 counts as 0, beyond the end as the end.
   */
  readonly pos?: number | undefined;
  /** Where the text ends as far as the search is concerned, in code points. Default its end. */
  readonly endpos?: number | undefined;
}

/** How much to replace. */
export interface SubOptions {
  /** At most so many matches, from the left; 0 (default) is all, below 0 is none, as in Python. */
  readonly count?: number | undefined;
}

/** How much to split. */
export interface SplitOptions {
  /** At most so many cuts, from the left; 0 (default) is all, below 0 is none, as in Python. */
  readonly maxsplit?: number | undefined;
}

/** What takes the place of a match: a template (`\1`, `\g<name>`), or a function of the match. */
export type Replacement = string | ((match: Match) => string);

/**
 * A compiled pattern in Python's syntax, with Python's results. Make it with {@link compile}. Its
 * methods keep nothing between calls.
 */
export class Pattern {
  /** The pattern as it was written. */
  readonly pattern: string;
  /** The letters of its flags in alphabetical order, inline ones and the implied `u` included. */
  readonly flags: string;
  /** How many capturing groups it has. */
  readonly groups: number;
  /** The numbers of the named groups. */
  readonly groupindex: ReadonlyMap<string, number>;
  readonly #matcher: Matcher;
  readonly #numbers: readonly (readonly number[])[];
  readonly #closing: readonly number[];
  readonly #mayBeEmpty: boolean;

  /** As {@link compile}. */
  constructor(pattern: string, flags = "") {
    const tree = parse(checkText(pattern, "pattern"), flagBits(checkText(flags, "flags")));
    const translation = translate(tree);
    this.pattern = pattern;
    this.flags = flagLetters(tree.flags);
    this.groups = tree.captures.length - 1;
    this.groupindex = tree.names;
    this.#matcher = new Matcher(translation, pattern);
    this.#numbers = translation.groups;
    this.#mayBeEmpty = translation.mayBeEmpty;
    this.#closing = tree.captures
      .flatMap((capture) => capture ?? [])
      .toSorted((one, other) => one.end - other.end)
      .map(({ index }) => index);
  }

  /** The match at the start of the text (or at `pos`), or null. */
  match(text: string, options: SearchOptions = {}): Match | null {
    return this.#find(text, options, "here");
  }

  /** The match that takes the whole text (or from `pos` to `endpos`), or null. */
  fullmatch(text: string, options: SearchOptions = {}): Match | null {
    return this.#find(text, options, "here-to-end");
  }

  /** The first match anywhere in the text, or null. */
  search(text: string, options: SearchOptions = {}): Match | null {
    return this.#find(text, options, "anywhere");
  }

  /**
   * The texts of all matches: with one group the texts of that group, with several an array of their
   * texts for each match. A group that took no part is the empty text.
   */
  findall(text: string, options: SearchOptions = {}): string[] | string[][] {
    const rows = [...this.finditer(text, options)];
    if (this.groups === 0) return rows.map((match) => match.group());
    if (this.groups === 1) return rows.map((match) => match.group(1) ?? "");
    return rows.map((match) => match.groups(""));
  }

  /** All matches from the left, one after the other as they are asked for. */
  *finditer(text: string, options: SearchOptions = {}): Generator<Match> {
    const scan = this.#scan(text, options);
    if (scan === undefined) return;
    for (const found of this.#matcher.findAll(scan.subject, scan.text, scan.start)) {
      yield scan.match(found);
    }
  }

  /**
   * The text with its matches replaced.
   *
   * @throws RegexError `ERR_REGEX_TEMPLATE` for a bad template, whether or not anything matches
   */
  sub(replacement: Replacement, text: string, options: SubOptions = {}): string {
    return this.subn(replacement, text, options)[0];
  }

  /** As {@link Pattern.sub}: the text, and how many matches were replaced. */
  subn(
    replacement: Replacement,
    text: string,
    options: SubOptions = {},
  ): [text: string, count: number] {
    const limit = checkInteger(options.count ?? 0, "count");
    const replace = this.#replacer(replacement);
    let result = "";
    let done = 0;
    let replaced = 0;
    for (const [match, found] of this.#first(text, limit)) {
      result += text.slice(done, found.start) + replace(match);
      done = found.end;
      replaced++;
    }
    return [result + text.slice(done), replaced];
  }

  /**
   * The parts of the text between matches. What groups have matched stands between them; null for a
   * group that took no part.
   */
  split(text: string, options: SplitOptions = {}): (string | null)[] {
    const limit = checkInteger(options.maxsplit ?? 0, "maxsplit");
    const parts: (string | null)[] = [];
    let done = 0;
    for (const [match, found] of this.#first(text, limit)) {
      parts.push(text.slice(done, found.start), ...match.groups());
      done = found.end;
    }
    return [...parts, text.slice(done)];
  }

  #replacer(replacement: Replacement): (match: Match) => string {
    if (typeof replacement === "function") return replacement;
    const template = parseTemplate(checkText(replacement, "replacement"), this);
    return (match) => expandTemplate(template, (group) => match.group(group) ?? "");
  }

  /** The first `limit` matches, all for 0. */
  *#first(text: string, limit: number): Generator<[Match, Found]> {
    const scan = this.#scan(text, {});
    if (scan === undefined || limit < 0) return;
    let left = limit === 0 ? Infinity : limit;
    for (const found of this.#matcher.findAll(scan.subject, scan.text, scan.start)) {
      yield [scan.match(found), found];
      if (--left === 0) return;
    }
  }

  #find(
    text: string,
    options: SearchOptions,
    placement: "anywhere" | "here" | "here-to-end",
  ): Match | null {
    const scan = this.#scan(text, options);
    if (scan === undefined) {
      if (placement === "here" && this.#mayBeEmpty) {
        // CPython then runs behind the end, and may find what is empty there.
        const reason = "not supported: match with pos behind endpos, of what may be empty";
        throw new RegexError("ERR_REGEX_UNSUPPORTED", reason, { pattern: this.pattern });
      }
      return null;
    }
    const found = this.#matcher.find(scan.text, scan.start, placement);
    return found === undefined ? null : scan.match(found);
  }

  /** The text up to `endpos` and the start in units; undefined when the part has no place at all. */
  #scan(
    text: string,
    options: SearchOptions,
  ): { subject: Subject; text: string; start: number; match(found: Found): Match } | undefined {
    const subject = new Subject(checkText(text, "text"));
    const bounded = (value: number): number => Math.min(Math.max(value, 0), subject.length);
    const pos = bounded(checkInteger(options.pos ?? 0, "pos"));
    const endpos = bounded(checkInteger(options.endpos ?? subject.length, "endpos"));
    if (pos > endpos) return undefined;
    this.#matcher.check(text);
    const parts: Omit<MatchParts, "found"> = {
      re: this,
      subject,
      pos,
      endpos,
      numbers: this.#numbers,
      closing: this.#closing,
    };
    return {
      subject,
      text: text.slice(0, subject.unitOf(endpos)),
      start: subject.unitOf(pos),
      match: (found) => new Match({ ...parts, found }),
    };
  }
}

function checkText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  const got = value instanceof Uint8Array ? "bytes" : typeof value;
  throw new RegexError("ERR_REGEX_OPTION", `${name} must be a string, got ${got}`);
}

function checkInteger(value: number, name: string): number {
  if (Number.isInteger(value)) return value;
  throw new RegexError("ERR_REGEX_OPTION", `${name} must be a whole number, got ${String(value)}`);
}
