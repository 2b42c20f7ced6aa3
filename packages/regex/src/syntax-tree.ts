import type { FlagBits } from "./flags.ts";

/** Where a node stands in the pattern, in code points; `end` is exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** `\d`, `\s` or `\w`, or with `negated` the upper-case letter. */
export type CategoryName = "digit" | "space" | "word";

/** One member of a set. */
export type SetItem =
  | { readonly type: "literal"; readonly codePoint: number }
  | { readonly type: "range"; readonly from: number; readonly to: number }
  | { readonly type: "category"; readonly name: CategoryName; readonly negated: boolean };

export interface Literal extends Place {
  readonly type: "literal";
  readonly codePoint: number;
}

/** `[…]`, and a category that stands by itself. */
export interface CharacterSet extends Place {
  readonly type: "set";
  readonly negated: boolean;
  readonly items: readonly SetItem[];
}

/** The dot. */
export interface AnyCharacter extends Place {
  readonly type: "any";
}

/** `^`, `$`, `\A`, `\Z`, `\b`, `\B`. */
export interface Anchor extends Place {
  readonly type: "anchor";
  readonly kind: "line-start" | "line-end" | "start" | "end" | "boundary" | "no-boundary";
}

/** What stands one after the other; empty for an empty pattern. */
export interface Sequence extends Place {
  readonly type: "sequence";
  readonly items: readonly Node[];
}

export interface Alternation extends Place {
  readonly type: "alternation";
  readonly branches: readonly Node[];
}

/** A capturing group. */
export interface Capture extends Place {
  readonly type: "capture";
  /** From 1, by the opening parenthesis. */
  readonly index: number;
  readonly name: string | undefined;
  readonly body: Node;
}

/** `(?:…)`, with or without flags of its own. */
export interface Group extends Place {
  readonly type: "group";
  readonly added: FlagBits;
  readonly removed: FlagBits;
  readonly body: Node;
}

/** `(?>…)`. */
export interface Atomic extends Place {
  readonly type: "atomic";
  readonly body: Node;
}

export interface Repeat extends Place {
  readonly type: "repeat";
  readonly min: number;
  /** Infinity for no bound. */
  readonly max: number;
  readonly mode: "greedy" | "lazy" | "possessive";
  readonly body: Node;
}

/** Look-ahead and look-behind. */
export interface Look extends Place {
  readonly type: "look";
  readonly behind: boolean;
  readonly negative: boolean;
  readonly body: Node;
}

/** `\1`, `(?P=name)`. */
export interface BackReference extends Place {
  readonly type: "reference";
  readonly group: number;
}

/** `(?(1)yes|no)`. */
export interface Conditional extends Place {
  readonly type: "conditional";
  readonly group: number;
  readonly yes: Node;
  readonly no: Node | undefined;
}

export type Node =
  | Literal
  | CharacterSet
  | AnyCharacter
  | Anchor
  | Sequence
  | Alternation
  | Capture
  | Group
  | Atomic
  | Repeat
  | Look
  | BackReference
  | Conditional;

/** A parsed pattern. */
export interface SyntaxTree {
  readonly pattern: string;
  /** Those given and the global inline ones, completed. */
  readonly flags: FlagBits;
  readonly root: Node;
  /** The capturing groups by index; index 0 is empty. */
  readonly captures: readonly (Capture | undefined)[];
  /** The names of groups and their indices, in the order of the pattern. */
  readonly names: ReadonlyMap<string, number>;
}

/** The nodes directly below a node. */
export function children(node: Node): readonly Node[] {
  switch (node.type) {
    case "sequence":
      return node.items;
    case "alternation":
      return node.branches;
    case "conditional":
      return node.no === undefined ? [node.yes] : [node.yes, node.no];
    case "capture":
    case "group":
    case "atomic":
    case "repeat":
    case "look":
      return [node.body];
    default:
      return [];
  }
}
