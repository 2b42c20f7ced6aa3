// Cases that CPython 3.11.7 made: patterns, subjects, calls, and what came of them.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { compile, RegexError } from "@netloom/regex";
import type { Match, Pattern } from "@netloom/regex";

interface MatchRow {
  readonly regs: readonly (readonly [number, number])[];
  readonly lastindex: number | null;
  readonly lastgroup: string | null;
}

export interface Case {
  readonly id: number;
  readonly src: string;
  readonly tag?: string;
  readonly pattern: string;
  readonly flags: string;
  readonly bytes?: boolean;
  readonly subject: string;
  readonly op: string;
  readonly args?: {
    readonly pos?: number;
    readonly endpos?: number;
    readonly repl?: string;
    readonly fn?: string;
    readonly count?: number;
    readonly maxsplit?: number;
  };
  readonly expect?: unknown;
  readonly error?: {
    readonly type: string;
    readonly msg: string;
    readonly pos?: number | null;
    readonly lineno?: number | null;
    readonly colno?: number | null;
    readonly in: "pattern" | "template";
  };
  readonly groups?: number;
  readonly groupindex?: Readonly<Record<string, number>>;
  readonly cflags?: string;
}

export function readCases(file: URL): readonly Case[] {
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  return (JSON.parse(text) as { cases: Case[] }).cases;
}

/** What came of a case here: the same as in CPython, refused as unsupported, or something else. */
export type Outcome =
  | { readonly kind: "equal" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "wrong"; readonly got: unknown; readonly expected: unknown };

/** Runs a case and compares results, errors with their places, and what the pattern says of itself. */
export function runCase(row: Case): Outcome {
  let got: unknown;
  let expected: unknown = row.expect ?? null;
  if (row.error !== undefined) {
    const { msg, pos, lineno, colno, in: where } = row.error;
    expected = { msg, pos: pos ?? null, lineno: lineno ?? null, colno: colno ?? null, where };
  }
  try {
    const pattern = compile(row.pattern, row.flags);
    if (row.cflags !== undefined) {
      const about = [pattern.flags, pattern.groups, Object.fromEntries(pattern.groupindex)];
      const theirs = [[...row.cflags].toSorted().join(""), row.groups, row.groupindex ?? {}];
      if (!same(about, theirs)) return { kind: "wrong", got: about, expected: theirs };
    }
    got = call(pattern, row);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    if (error.code === "ERR_REGEX_UNSUPPORTED") return { kind: "refused", reason: error.reason };
    got = {
      msg: error.reason,
      pos: error.position ?? null,
      lineno: error.line ?? null,
      colno: error.column ?? null,
      where: error.code === "ERR_REGEX_TEMPLATE" ? "template" : "pattern",
    };
  }
  return same(got, expected) ? { kind: "equal" } : { kind: "wrong", got, expected };
}

function call(pattern: Pattern, row: Case): unknown {
  const { subject, args = {} } = row;
  const replacement = args.fn === undefined ? (args.repl ?? "") : CALLABLES[args.fn]!;
  switch (row.op) {
    case "compile":
      return null;
    case "match":
    case "fullmatch":
    case "search":
      return matchRow(pattern[row.op](subject, args));
    case "finditer":
      return [...pattern.finditer(subject, args)].map(matchRow);
    case "findall":
      return pattern.findall(subject, args);
    case "split":
      return pattern.split(subject, args);
    case "sub":
    case "subn":
      return pattern[row.op](replacement, subject, args);
    case "expand":
      return pattern.search(subject)?.expand(args.repl ?? "") ?? null;
    default:
      throw new Error(`no such call: ${row.op}`);
  }
}

function matchRow(match: Match | null): MatchRow | null {
  if (match === null) return null;
  const regs = Array.from({ length: match.re.groups + 1 }, (_, i) => match.span(i));
  return { regs, lastindex: match.lastindex, lastgroup: match.lastgroup };
}

const CALLABLES: Readonly<Record<string, (match: Match) => string>> = {
  upper0: (match) => match.group().toUpperCase(),
  bracket0: (match) => `[${match.group()}]`,
  len0: (match) => String([...match.group()].length),
  span: (match) => match.span().join("-"),
  groups: (match) => match.groups("~").join("|"),
  lastgroup: (match) => `${match.lastgroup ?? "None"}:${match.lastindex ?? "None"}`,
  empty: () => "",
};

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
