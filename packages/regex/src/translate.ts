import { assignments, capturesIn } from "./captures.ts";
import { hasHighLetter, isUnit, unitItems } from "./branch-units.ts";
import { caseGuard } from "./case-guard.ts";
import type { CaseGuard } from "./case-guard.ts";
import { category, characterSet } from "./character-class.ts";
import { classSource } from "./class-source.ts";
import { isAlwaysEmptiable, isEmptyLast } from "./empty-last.ts";
import { RegexError } from "./errors.ts";
import { ASCII, combineFlags, DOTALL, IGNORECASE, MULTILINE, TEMPLATE } from "./flags.ts";
import type { FlagBits } from "./flags.ts";
import type { CodePointSet } from "./code-point-set.ts";
import { startsWithOtherCategory, typesOfIgnoringReferences } from "./flag-scopes.ts";
import { groupsUsedIn, split } from "./split.ts";
import type {
  Alternation,
  Anchor,
  BackReference,
  Capture,
  CharacterSet,
  Conditional,
  Look,
  Node,
  Repeat,
  SyntaxTree,
} from "./syntax-tree.ts";
import { checkLookBehinds, reachBehind, Widths } from "./width.ts";

/** A pattern for JavaScript's RegExp, and how to read its results. */
export interface Translation {
  readonly source: string;
  /** `u`, or `iu`. */
  readonly flags: string;
  /** Finds what a text must not hold, because the flag `i` would not mean there what Python means. */
  readonly exotic: RegExp | undefined;
  /** For each group of the pattern its numbers in `source`, of which at most one is set. */
  readonly groups: readonly (readonly number[])[];
  /** Whether it may match the empty text. */
  readonly mayBeEmpty: boolean;
  /** How far before the start of a match it may look, in code points. */
  readonly reach: number;
}

/**
 * Translates a pattern whose meaning JavaScript's engine can give. Letters without regard to case,
 * classes and anchors are written out, so of JavaScript's flags only `u` is needed.
 *
 * @throws RegexError `ERR_REGEX_UNSUPPORTED` for a pattern whose meaning it cannot give
 */
export function translate(tree: SyntaxTree): Translation {
  const widths = new Widths(tree);
  checkLookBehinds(tree, widths);
  return new Translator(tree, widths).translate();
}

/** What is known about a group at one point of the pattern. */
type Known = "set" | "unset" | "maybe";

/** What holds around a node. */
interface Context {
  readonly flags: FlagBits;
  /** Inside of a look-behind, which JavaScript runs from right to left. */
  readonly behind: boolean;
}

type SetNode = Pick<CharacterSet, "items" | "negated" | "start">;

const NEVER = "(?!)";
/** How many nodes a translation may have. Only copies make it longer than the pattern. */
const MAX_NODES = 20_000;

class Translator {
  readonly #tree: SyntaxTree;
  readonly #widths: Widths;
  readonly #groups: number[][];
  /** How many groups the source has. */
  #count = 0;
  /** How many nodes were translated, copies included. */
  #nodes = 0;
  /** The groups around the place that is being translated. */
  readonly #open = new Set<number>();
  readonly #used: ReadonlySet<number>;
  readonly #guard: CaseGuard | undefined;
  /** By group, at the place that is being translated. */
  #known: Known[];

  constructor(tree: SyntaxTree, widths: Widths) {
    this.#tree = tree;
    this.#widths = widths;
    this.#known = tree.captures.map(() => "unset");
    this.#groups = tree.captures.map((_, group) => (group === 0 ? [0] : []));
    this.#used = groupsUsedIn(tree.root);
    const ignoring = typesOfIgnoringReferences(tree.root, tree.flags);
    if (ignoring.size > 0) this.#guard = caseGuard(ignoring.has(ASCII));
  }

  translate(): Translation {
    const { root, flags } = this.#tree;
    if (flags & TEMPLATE) this.#refuse("the inline flag t", 0);
    if (!this.#widths.mayBeEmpty(root) && startsWithOtherCategory(root, flags, flags)) {
      // CPython's search looks for the first character by the flags of the whole pattern (3.11).
      this.#refuse("a class at the start under a flag a or u of its own", 0);
    }
    const source = this.#node(root, { flags, behind: false });
    return {
      source,
      flags: this.#guard === undefined ? "u" : "iu",
      exotic: this.#guard?.exotic,
      groups: this.#groups,
      mayBeEmpty: this.#widths.mayBeEmpty(root),
      reach: Math.max(1, reachBehind(root, this.#widths)),
    };
  }

  #refuse(what: string, position: number): never {
    throw new RegexError("ERR_REGEX_UNSUPPORTED", `not supported: ${what}`, {
      pattern: this.#tree.pattern,
      position,
    });
  }

  /** Source that may stand in a sequence. */
  #node(node: Node, context: Context): string {
    if (++this.#nodes > MAX_NODES) {
      this.#refuse("so many groups that are set or not", this.#tree.root.start);
    }
    switch (node.type) {
      case "literal":
        return this.#set({ negated: false, items: [node], start: node.start }, context);
      case "set":
        return this.#set(node, context);
      case "any":
        return context.flags & DOTALL ? "[^]" : "[^\\n]";
      case "anchor":
        return this.#anchor(node, context);
      case "sequence":
        return this.#sequence(node.items, context);
      case "alternation":
        return this.#alternation(node, context);
      case "group": {
        const flags = combineFlags(context.flags, node.added, node.removed);
        return this.#node(node.body, { ...context, flags });
      }
      case "capture":
        return this.#capture(node, context);
      case "atomic":
        return this.#atomic(context, () => this.#node(node.body, context));
      case "repeat":
        return this.#repeat(node, context);
      case "look":
        return this.#look(node, context);
      case "reference":
        return this.#reference(node);
      case "conditional":
        return this.#conditional(node, context);
    }
  }

  /** Behind a node that may set a group or not, what depends on that is written once for each case. */
  #sequence(items: readonly Node[], context: Context): string {
    let source = "";
    for (const [i, item] of items.entries()) {
      const rest = items.slice(i + 1);
      const ways = context.behind ? undefined : this.#ways(item, rest);
      if (ways === undefined) {
        source += this.#node(item, context);
        continue;
      }
      return source + this.#either(ways, (way) => this.#sequence([way, ...rest], context));
    }
    return source;
  }

  #ways(item: Node, rest: readonly Node[]): readonly Node[] | undefined {
    if (this.#used.size === 0) return undefined;
    const used = new Set(rest.flatMap((node) => [...groupsUsedIn(node)]));
    for (const [group, how] of assignments(item)) {
      const ways = how === "sometimes" && used.has(group) ? split(item, group) : undefined;
      if (ways !== undefined) return ways;
    }
    return undefined;
  }

  /** Branches, each of which begins with what is known before them. */
  #either(branches: readonly Node[], translate: (branch: Node) => string): string {
    const before = this.#known;
    const after: Known[][] = [];
    const sources = branches.map((branch) => {
      this.#known = [...before];
      const source = translate(branch);
      after.push(this.#known);
      return source;
    });
    this.#known = after.reduce(join);
    return `(?:${sources.join("|")})`;
  }

  #set(node: SetNode, { flags }: Context): string {
    return this.#class(characterSet(node, flags), node.start);
  }

  #class(set: CodePointSet, position: number): string {
    if (this.#guard?.leaves(set) === false) {
      const what = "a back-reference without regard to case, with characters in regard to it";
      this.#refuse(what, position);
    }
    return classSource(set);
  }

  #anchor({ kind }: Anchor, { flags }: Context): string {
    const word = (): string => {
      return flags & ASCII ? "[\\w]" : classSource(category("word", flags));
    };
    switch (kind) {
      case "start":
        return "^";
      case "end":
        return "$";
      case "line-start":
        return flags & MULTILINE ? "(?<![^\\n])" : "^";
      case "line-end":
        return flags & MULTILINE ? "(?![^\\n])" : "(?=\\n?$)";
      case "boundary":
        if (flags & ASCII) return "\\b";
        return `(?:(?<=${word()})(?!${word()})|(?<!${word()})(?=${word()}))`;
      case "no-boundary":
        // Python 3.11 finds no \B in an empty text.
        if (flags & ASCII) return "(?!^$)\\B";
        return `(?!^$)(?:(?<=${word()})(?=${word()})|(?<!${word()})(?!${word()}))`;
    }
  }

  #alternation(node: Alternation, context: Context): string {
    const items = unitItems(node);
    if (items !== undefined)
      return this.#set({ negated: false, items, start: node.start }, context);
    if (context.flags & IGNORECASE && hasHighLetter(node)) {
      // CPython may make a set of them in part, where it treats such letters otherwise.
      this.#refuse("branches with letters beyond U+FFFF, without regard to case", node.start);
    }
    return this.#either(node.branches, (branch) => this.#node(branch, context));
  }

  #capture(node: Capture, context: Context): string {
    const number = ++this.#count;
    this.#groups[node.index]?.push(number);
    this.#open.add(node.index);
    const body = this.#node(node.body, context);
    this.#open.delete(node.index);
    this.#known[node.index] = "set";
    return `(${body})`;
  }

  /** JavaScript never goes back into a look-ahead: a group is taken there, then matched for good. */
  #atomic({ behind }: Context, body: () => string): string {
    // Parts of a look-behind have fixed places, so to go back into one changes nothing.
    if (behind) return `(?:${body()})`;
    const number = ++this.#count;
    return `(?:(?=(${body()}))\\${number})`;
  }

  #repeat(node: Repeat, context: Context): string {
    const { min, max, mode, body } = node;
    if (max === 0) return "";
    const groups = capturesIn(body);
    const loops = max > 1;
    if (loops && groups.length > 0) this.#checkLoop(node, groups, context);
    const nullable = this.#widths.mayBeEmpty(body);
    if (nullable && loops && min !== max) {
      if (this.#endsEmpty(node, groups)) return this.#emptyEnding(node, context);
      this.#checkEmptyRounds(node, groups);
    }
    const before = [...this.#known];
    const round = (): string => {
      const source = this.#node(body, context);
      return isAtom(body) ? source : `(?:${source})`;
    };
    const repeated = (): string => {
      const once = mode === "possessive" && !isUnit(body) ? this.#atomic(context, round) : round();
      if (nullable && !loops && min === 0) {
        // Without a quantifier, because JavaScript's takes back what matched nothing.
        return mode === "lazy" ? `(?:|${once})` : `(?:${once}|)`;
      }
      return once + quantifier(min, max) + (mode === "lazy" ? "?" : "");
    };
    const source = mode === "possessive" ? this.#atomic(context, repeated) : repeated();
    if (min === 0) this.#known = join(this.#known, before);
    return source;
  }

  /** JavaScript forgets at each round what groups in it have captured, Python does not. */
  #checkLoop(node: Repeat, groups: readonly number[], { behind }: Context): void {
    const assigned = assignments(node.body);
    for (const group of groups) {
      const how = assigned.get(group);
      if (how === "never") continue;
      const start = this.#tree.captures[group]?.start ?? node.start;
      if (how !== "always") {
        this.#refuse("a group that only some rounds of a repetition set", start);
      }
      if (behind) this.#refuse("a group in a repetition in a look-behind", start);
      this.#known[group] = "maybe";
    }
  }

  /**
   * Whether a loop always ends with a round that matches nothing. In Python that round sets the
   * groups; JavaScript takes it back.
   */
  #endsEmpty({ min, max, mode, body }: Repeat, groups: readonly number[]): boolean {
    if (groups.length === 0 || mode !== "greedy" || min > 1 || max !== Infinity) return false;
    if (groups.some((group) => this.#used.has(group))) return false;
    return isEmptyLast(body, this.#widths) && isAlwaysEmptiable(body, this.#widths);
  }

  /** The rounds of such a loop, and the last one once more by itself: its groups are those to read. */
  #emptyEnding({ body }: Repeat, context: Context): string {
    const before = this.#groups.map((numbers) => [...numbers]);
    const rounds = this.#node(body, context);
    for (const [group, numbers] of before.entries()) this.#groups[group] = numbers;
    return `(?:${rounds})*(?:${this.#node(body, context)})`;
  }

  #checkEmptyRounds(node: Repeat, groups: readonly number[]): void {
    const what = "a repetition of what may be empty";
    if (groups.length > 0) this.#refuse(`${what}, with a group in it`, node.start);
    if (node.mode === "greedy" && !isEmptyLast(node.body, this.#widths)) {
      this.#refuse(`${what} in preference to what is not`, node.start);
    }
  }

  #look(node: Look, context: Context): string {
    const before = [...this.#known];
    const behind = node.behind;
    const body = this.#node(node.body, { ...context, behind });
    if (node.negative) this.#known = before;
    return `(?${behind ? "<" : ""}${node.negative ? "!" : "="}${body})`;
  }

  #reference(node: BackReference): string {
    const numbers = this.#groups[node.group] ?? [];
    const known = this.#known[node.group];
    // Python fails where JavaScript matches the empty text.
    if (known === "unset" || numbers.length === 0) return NEVER;
    if (known === "maybe") {
      this.#refuse(`a back-reference to group ${node.group}, which may be unset here`, node.start);
    }
    // One of them is set, and those that are unset match nothing.
    return `(?:${numbers.map((number) => `\\${number}`).join("(?:)")})`;
  }

  #conditional(node: Conditional, context: Context): string {
    if (this.#open.has(node.group)) {
      // CPython may take the end of an earlier try for that of the group (3.11).
      this.#refuse(`a condition on group ${node.group} in that group itself`, node.start);
    }
    switch (this.#known[node.group]) {
      case "set":
        return this.#node(node.yes, context);
      case "unset":
        return node.no === undefined ? "" : this.#node(node.no, context);
      default:
        return this.#refuse(
          `a condition on group ${node.group}, which may be set or not here`,
          node.start,
        );
    }
  }
}

function join(one: readonly Known[], other: readonly Known[]): Known[] {
  return one.map((known, group) => (known === other[group] ? known : "maybe"));
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** Whether a quantifier may stand directly behind the source of the node. */
function isAtom(node: Node): boolean {
  return isUnit(node) || node.type === "capture";
}
