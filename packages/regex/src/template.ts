import { RegexError } from "./errors.ts";
import {
  CHARACTER_ESCAPES,
  DECIMAL_DIGITS,
  isAsciiLetter,
  OCTAL_DIGITS,
  octalValue,
} from "./parse-escape.ts";
import { isIdentifier, pythonInt, pythonRepr } from "./python-text.ts";
import { lengthOf, Tokenizer } from "./tokenizer.ts";

/** A replacement template: texts, and numbers of groups. */
export type Template = readonly (string | number)[];

/** The groups that a template may name. */
export interface TemplateGroups {
  /** How many there are, without group 0. */
  readonly groups: number;
  readonly groupindex: ReadonlyMap<string, number>;
}

/** CPython's MAXGROUPS. */
const MAX_GROUPS = 1_073_741_823;

/**
 * Parses a replacement template (`\1`, `\g<1>`, `\g<name>`, `\n` …) as CPython's `parse_template`.
 *
 * @throws RegexError `ERR_REGEX_TEMPLATE`
 */
export function parseTemplate(template: string, groups: TemplateGroups): Template {
  if (!template.includes("\\")) return [template];
  const source = new Tokenizer(template, "ERR_REGEX_TEMPLATE");
  const parts: (string | number)[] = [];
  for (;;) {
    const token = source.get();
    if (token === undefined) return parts;
    parts.push(token.startsWith("\\") ? parseEscape(source, token, groups) : token);
  }
}

/** The text of a template with the texts of the groups. */
export function expandTemplate(template: Template, textOf: (group: number) => string): string {
  return template.map((part) => (typeof part === "number" ? textOf(part) : part)).join("");
}

function parseEscape(source: Tokenizer, escape: string, groups: TemplateGroups): string | number {
  const character = escape.slice(1);
  if (character === "g") return parseGroup(source, groups);
  if (character === "0") {
    const octal = character + source.getWhile(2, OCTAL_DIGITS);
    return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  }
  if (DECIMAL_DIGITS.includes(character)) return octalOrGroup(source, escape, groups);
  const known = CHARACTER_ESCAPES.get(escape);
  if (known !== undefined) return String.fromCharCode(known);
  if (isAsciiLetter(character)) throw source.error(`bad escape ${escape}`, escape.length);
  // As Python has it: a backslash before anything else stays.
  return escape;
}

function octalOrGroup(source: Tokenizer, start: string, groups: TemplateGroups): string | number {
  let escape = start + source.getWhile(1, DECIMAL_DIGITS);
  if (/^\\[0-7]{2}$/.test(escape)) {
    const third = source.getWhile(1, OCTAL_DIGITS);
    escape += third;
    if (third !== "") return String.fromCharCode(octalValue(source, escape));
  }
  return existing(source, Number(escape.slice(1)), escape.length - 1, groups);
}

function parseGroup(source: Tokenizer, groups: TemplateGroups): number {
  if (!source.match("<")) throw source.error("missing <");
  const name = source.getUntil(">", "group name");
  if (isIdentifier(name)) {
    const group = groups.groupindex.get(name);
    if (group !== undefined) return group;
    // Python raises IndexError here, without a position.
    const reason = `unknown group name ${pythonRepr(name)}`;
    throw new RegexError("ERR_REGEX_TEMPLATE", reason, { pattern: source.text });
  }
  const length = lengthOf(name);
  const group = pythonInt(name);
  if (group === undefined) {
    throw source.error(`bad character in group name ${pythonRepr(name)}`, length + 1);
  }
  if (group >= MAX_GROUPS) throw source.error(`invalid group reference ${group}`, length + 1);
  return existing(source, group, length + 1, groups);
}

function existing(
  source: Tokenizer,
  group: number,
  offset: number,
  groups: TemplateGroups,
): number {
  if (group <= groups.groups) return group;
  throw source.error(`invalid group reference ${group}`, offset);
}
