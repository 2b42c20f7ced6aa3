import { RegexError } from "./errors.ts";
import { completeFlags, INLINE_FLAGS, VERBOSE } from "./flags.ts";
import type { FlagBits } from "./flags.ts";
import { parseFlags } from "./parse-flags.ts";
import {
  categoryEscape,
  CHARACTER_ESCAPES,
  DECIMAL_DIGITS,
  OCTAL_DIGITS,
  octalValue,
  parseCharacterEscape,
} from "./parse-escape.ts";
import { parseCounts } from "./parse-counts.ts";
import { parseSet } from "./parse-set.ts";
import { isIdentifier, pythonInt, pythonRepr } from "./python-text.ts";
import type { Anchor, Capture, Node, Repeat, Sequence, SyntaxTree } from "./syntax-tree.ts";
import { lengthOf, Tokenizer } from "./tokenizer.ts";

/** Deepest nesting of groups. CPython's own limit is its stack, some hundreds deep as well. */
const MAX_DEPTH = 400;
/** CPython's own, on 64-bit machines. */
const MAX_GROUPS = 1_073_741_823;

const ANCHORS: Readonly<Record<string, Anchor["kind"]>> = {
  "^": "line-start",
  $: "line-end",
  "\\A": "start",
  "\\Z": "end",
  "\\b": "boundary",
  "\\B": "no-boundary",
};

/**
 * Parses a pattern in the syntax of Python 3.11. Follows CPython's `re._parser` step by step, so
 * that what is refused, the words and the positions are the same; the tree keeps what was written
 * (CPython's folds common prefixes and single characters).
 *
 * @throws RegexError `ERR_REGEX_SYNTAX`, `ERR_REGEX_FLAGS`, `ERR_REGEX_LIMIT`
 */
export function parse(pattern: string, flags: FlagBits): SyntaxTree {
  return new Parser(pattern, flags).parse();
}

class Parser {
  readonly #source: Tokenizer;
  #flags: FlagBits;
  readonly #names = new Map<string, number>();
  /** By index; undefined while the group is open. */
  readonly #captures: (Capture | undefined)[] = [undefined];
  /** How many groups there were where the outermost open look-behind began. */
  #lookBehindGroups: number | undefined;
  /** Groups that conditionals test, and where the first of them names it. */
  readonly #tested = new Map<number, number>();
  #depth = 0;

  constructor(pattern: string, flags: FlagBits) {
    this.#source = new Tokenizer(pattern, "ERR_REGEX_SYNTAX");
    this.#flags = flags;
  }

  parse(): SyntaxTree {
    const source = this.#source;
    const root = this.#alternation((this.#flags & VERBOSE) !== 0, true);
    const flags = completeFlags(this.#flags);
    if (source.next !== undefined) throw source.error("unbalanced parenthesis");
    for (const [group, position] of this.#tested) {
      if (group < this.#captures.length) continue;
      throw source.errorAt(`invalid group reference ${group}`, position);
    }
    return { pattern: source.text, flags, root, captures: this.#captures, names: this.#names };
  }

  #alternation(verbose: boolean, outermost = false): Node {
    const source = this.#source;
    const start = source.tell();
    if (++this.#depth > MAX_DEPTH) {
      throw new RegexError("ERR_REGEX_LIMIT", `groups nest more than ${MAX_DEPTH} deep`, {
        pattern: source.text,
        position: start,
      });
    }
    const branches: Node[] = [];
    let current = verbose;
    do {
      branches.push(this.#sequence(current, outermost && branches.length === 0));
      // A global (?x) holds for what follows the first branch, too.
      if (outermost) current = (this.#flags & VERBOSE) !== 0;
    } while (source.match("|"));
    this.#depth--;
    const [only] = branches;
    if (only !== undefined && branches.length === 1) return only;
    return { type: "alternation", branches, start, end: source.tell() };
  }

  #sequence(verbose: boolean, first = false): Sequence {
    const source = this.#source;
    const start = source.tell();
    const items: Node[] = [];
    let skipping = verbose;
    for (;;) {
      const token = source.next;
      if (token === undefined || token === "|" || token === ")") break;
      const here = source.tell();
      source.get();
      if (skipping && " \t\n\r\v\f".includes(token)) continue;
      if (skipping && token === "#") {
        this.#skipComment();
      } else if (token.startsWith("\\")) {
        items.push(this.#escape(token, here));
      } else if (token === "[") {
        items.push(parseSet(source));
      } else if ("*+?{".includes(token)) {
        this.#repeat(items, token, here);
      } else if (token === "(") {
        const node = this.#group(here, skipping, first && items.length === 0);
        if (node !== undefined) items.push(node);
        else if (first && items.length === 0) skipping = (this.#flags & VERBOSE) !== 0;
      } else {
        items.push(this.#character(token, here));
      }
    }
    return { type: "sequence", items, start, end: source.tell() };
  }

  #skipComment(): void {
    for (;;) {
      const token = this.#source.get();
      if (token === undefined || token === "\n") return;
    }
  }

  #character(token: string, start: number): Node {
    const place = { start, end: start + 1 };
    if (token === ".") return { type: "any", ...place };
    const kind = ANCHORS[token];
    if (kind !== undefined) return { type: "anchor", kind, ...place };
    return { type: "literal", codePoint: token.codePointAt(0) ?? 0, ...place };
  }

  #escape(escape: string, start: number): Node {
    const source = this.#source;
    const place = (): { start: number; end: number } => ({ start, end: source.tell() });
    const category = categoryEscape(escape);
    if (category !== undefined) {
      return { type: "set", negated: false, items: [category], ...place() };
    }
    const kind = ANCHORS[escape];
    if (kind !== undefined) return { type: "anchor", kind, ...place() };
    const known = CHARACTER_ESCAPES.get(escape);
    if (known !== undefined) return { type: "literal", codePoint: known, ...place() };
    if (escape === "\\0") {
      const codePoint = octalValue(source, escape + source.getWhile(2, OCTAL_DIGITS));
      return { type: "literal", codePoint, ...place() };
    }
    if (DECIMAL_DIGITS.includes(escape.slice(1))) return this.#octalOrReference(escape, start);
    const codePoint = parseCharacterEscape(source, escape);
    return { type: "literal", codePoint, ...place() };
  }

  #octalOrReference(start: string, position: number): Node {
    const source = this.#source;
    let escape = start + source.getWhile(1, DECIMAL_DIGITS);
    if (/^\\[0-7]{2}$/.test(escape)) {
      const third = source.getWhile(1, OCTAL_DIGITS);
      escape += third;
      if (third !== "") {
        const codePoint = octalValue(source, escape);
        return { type: "literal", codePoint, start: position, end: source.tell() };
      }
    }
    const group = Number(escape.slice(1));
    if (group >= this.#captures.length) {
      throw source.error(`invalid group reference ${group}`, escape.length - 1);
    }
    this.#checkClosed(group, escape.length);
    this.#checkLookBehind(group);
    return { type: "reference", group, start: position, end: source.tell() };
  }

  #checkClosed(group: number, offset: number): void {
    if (this.#captures[group] === undefined) {
      throw this.#source.error("cannot refer to an open group", offset);
    }
  }

  #checkLookBehind(group: number): void {
    if (this.#lookBehindGroups === undefined) return;
    this.#checkClosed(group, 0);
    if (group >= this.#lookBehindGroups) {
      const reason = "cannot refer to group defined in the same lookbehind subpattern";
      throw this.#source.error(reason);
    }
  }

  #repeat(items: Node[], token: string, start: number): void {
    const source = this.#source;
    const counts = parseCounts(source, token);
    if (counts === undefined) {
      const here = start + 1;
      items.push({ type: "literal", codePoint: 0x7b, start, end: here });
      return;
    }
    const [min, max] = counts;
    const body = items.at(-1);
    if (body === undefined || body.type === "anchor") {
      throw source.errorAt("nothing to repeat", start);
    }
    if (body.type === "repeat") throw source.errorAt("multiple repeat", start);
    const mode: Repeat["mode"] = source.match("?")
      ? "lazy"
      : source.match("+")
        ? "possessive"
        : "greedy";
    const end = source.tell();
    items[items.length - 1] = { type: "repeat", min, max, mode, body, start: body.start, end };
  }

  /** What stands in parentheses; undefined for comments and global flags. */
  #group(start: number, verbose: boolean, first: boolean): Node | undefined {
    const source = this.#source;
    if (!source.match("?")) return this.#capture(undefined, start, verbose);
    const token = source.get();
    if (token === undefined) throw source.error("unexpected end of pattern");
    switch (token) {
      case "P":
        return this.#pythonExtension(start, verbose);
      case "#":
        return this.#comment(start);
      case "=":
      case "!":
        return this.#look(token, false, start, verbose);
      case "<": {
        const kind = source.get();
        if (kind === undefined) throw source.error("unexpected end of pattern");
        if (kind !== "=" && kind !== "!") {
          throw source.error(`unknown extension ?<${kind}`, lengthOf(kind) + 2);
        }
        return this.#look(kind, true, start, verbose);
      }
      case "(":
        return this.#conditional(start, verbose);
      case ">": {
        const body = this.#body(start, verbose);
        return { type: "atomic", body, start, end: source.tell() };
      }
    }
    let added = 0;
    let removed = 0;
    if (token === "-" || INLINE_FLAGS.has(token)) {
      const flags = parseFlags(source, token);
      if (flags.global) {
        this.#flags |= flags.added;
        if (first) return undefined;
        const reason = "global flags not at the start of the expression";
        throw source.error(reason, source.tell() - start);
      }
      ({ added, removed } = flags);
    } else if (token !== ":") {
      throw source.error(`unknown extension ?${token}`, lengthOf(token) + 1);
    }
    const inside = (verbose || (added & VERBOSE) !== 0) && (removed & VERBOSE) === 0;
    const body = this.#body(start, inside);
    return { type: "group", added, removed, body, start, end: source.tell() };
  }

  /** An alternation and the parenthesis that closes it. */
  #body(start: number, verbose: boolean): Node {
    const body = this.#alternation(verbose);
    this.#close(start);
    return body;
  }

  #close(start: number): void {
    const source = this.#source;
    if (source.match(")")) return;
    throw source.error("missing ), unterminated subpattern", source.tell() - start);
  }

  #capture(name: string | undefined, start: number, verbose: boolean): Capture {
    const source = this.#source;
    const index = this.#captures.length;
    const known = name === undefined ? undefined : this.#names.get(name);
    if (name !== undefined && known !== undefined) {
      const reason = `redefinition of group name ${pythonRepr(name)} as group ${index}; was group ${known}`;
      throw source.error(reason, lengthOf(name) + 1);
    }
    this.#captures.push(undefined);
    if (name !== undefined) this.#names.set(name, index);
    const body = this.#body(start, verbose);
    const capture: Capture = { type: "capture", index, name, body, start, end: source.tell() };
    this.#captures[index] = capture;
    return capture;
  }

  /** `(?P<name>…)` and `(?P=name)`, after the `P`. */
  #pythonExtension(start: number, verbose: boolean): Node {
    const source = this.#source;
    if (source.match("<")) {
      const name = source.getUntil(">", "group name");
      source.checkGroupName(name, 1);
      return this.#capture(name, start, verbose);
    }
    if (!source.match("=")) {
      const token = source.get();
      if (token === undefined) throw source.error("unexpected end of pattern");
      throw source.error(`unknown extension ?P${token}`, lengthOf(token) + 2);
    }
    const name = source.getUntil(")", "group name");
    source.checkGroupName(name, 1);
    const group = this.#named(name);
    this.#checkClosed(group, lengthOf(name) + 1);
    this.#checkLookBehind(group);
    return { type: "reference", group, start, end: source.tell() };
  }

  #named(name: string): number {
    const group = this.#names.get(name);
    if (group !== undefined) return group;
    const reason = `unknown group name ${pythonRepr(name)}`;
    throw this.#source.error(reason, lengthOf(name) + 1);
  }

  #comment(start: number): undefined {
    const source = this.#source;
    do {
      if (source.next === undefined) {
        throw source.error("missing ), unterminated comment", source.tell() - start);
      }
    } while (source.get() !== ")");
    return undefined;
  }

  #look(kind: "=" | "!", behind: boolean, start: number, verbose: boolean): Node {
    const outer = this.#lookBehindGroups;
    if (behind) this.#lookBehindGroups ??= this.#captures.length;
    const body = this.#alternation(verbose);
    if (behind) this.#lookBehindGroups = outer;
    this.#close(start);
    return { type: "look", behind, negative: kind === "!", body, start, end: this.#source.tell() };
  }

  #conditional(start: number, verbose: boolean): Node {
    const source = this.#source;
    const group = this.#testedGroup(source.getUntil(")", "group name"));
    this.#checkLookBehind(group);
    if (++this.#depth > MAX_DEPTH) {
      throw new RegexError("ERR_REGEX_LIMIT", `groups nest more than ${MAX_DEPTH} deep`, {
        pattern: source.text,
        position: start,
      });
    }
    const yes = this.#sequence(verbose);
    const no = source.match("|") ? this.#sequence(verbose) : undefined;
    if (no !== undefined && source.next === "|") {
      throw source.error("conditional backref with more than two branches");
    }
    this.#depth--;
    this.#close(start);
    return { type: "conditional", group, yes, no, start, end: source.tell() };
  }

  #testedGroup(name: string): number {
    const source = this.#source;
    if (isIdentifier(name)) return this.#named(name);
    const length = lengthOf(name);
    const group = pythonInt(name);
    if (group === undefined) {
      throw source.error(`bad character in group name ${pythonRepr(name)}`, length + 1);
    }
    if (group === 0) throw source.error("bad group number", length + 1);
    if (group >= MAX_GROUPS) throw source.error(`invalid group reference ${group}`, length + 1);
    if (!this.#tested.has(group)) this.#tested.set(group, source.tell() - length - 1);
    return group;
  }
}
