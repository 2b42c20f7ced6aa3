import { printable } from "@netloom/app-kit";
import type { Match } from "@netloom/regex";

import type { Input } from "./inputs.ts";

/** A match as a line of JSON has it. */
export interface MatchRow {
  readonly type: "match";
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly text: string;
  /** Start and end in characters (code points) of the text or line. */
  readonly span: readonly [number, number];
  /** The groups from 1 on; null for one that took no part. */
  readonly groups: readonly (string | null)[];
  /** Where they are; null for one that took no part. */
  readonly spans: readonly (readonly [number, number] | null)[];
  /** The named groups. */
  readonly named: Readonly<Record<string, string | null>>;
}

/** A match as a program reads it. */
export function matchRow(match: Match, { file, line }: Input): MatchRow {
  const groups = match.groups();
  return {
    type: "match",
    file,
    line,
    text: match.group(),
    span: match.span(),
    groups,
    spans: groups.map((text, i) => (text === null ? null : match.span(i + 1))),
    named: match.groupdict(),
  };
}

/** A match as people read it: the text, where it is, and a line for each group. */
export function matchText(match: Match): string {
  const names = new Map([...match.re.groupindex].map(([name, index]) => [index, name]));
  const groups = match.groups().map((text, i) => {
    const name = names.get(i + 1);
    const label = name === undefined ? `${i + 1}` : `${i + 1} ${name}`;
    return `  ${label}: ${text === null ? "-" : `${shown(text)}  ${spanText(match, i + 1)}`}`;
  });
  return [`${shown(match.group())}  ${spanText(match, 0)}`, ...groups].join("\n");
}

/** Where a line is from, before its results: as grep writes it. */
export function originText({ file, line }: Input): string {
  if (line === undefined) return "";
  return file === undefined ? `${line}: ` : `${printable(file)}:${line}: `;
}

/** Text of a file as a terminal may be given it; a pipe gets it as it is. */
export function shown(text: string): string {
  return process.stdout.isTTY ? text.split("\t").map(printable).join("\t") : text;
}

function spanText(match: Match, group: number): string {
  return `(${match.span(group).join(", ")})`;
}
