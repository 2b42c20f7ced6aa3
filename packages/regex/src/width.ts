import { RegexError } from "./errors.ts";
import { children } from "./syntax-tree.ts";
import type { Node, SyntaxTree } from "./syntax-tree.ts";

/** How many code points a node can match, as CPython's `getwidth` reckons. */
export type Width = readonly [min: number, max: number];

/** CPython's MAXWIDTH. */
const MAX_WIDTH = 2 ** 64;

const ZERO: Width = [0, 0];
const ONE: Width = [1, 1];

/** The widths of the nodes of one tree. */
export class Widths {
  readonly #tree: SyntaxTree;
  readonly #known = new WeakMap<Node, Width>();

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
  }

  of(node: Node): Width {
    let width = this.#known.get(node);
    if (width === undefined) {
      const [min, max] = this.#reckon(node);
      width = [Math.min(min, MAX_WIDTH), Math.min(max, MAX_WIDTH)];
      this.#known.set(node, width);
    }
    return width;
  }

  /** Whether a node may match without taking a character. */
  mayBeEmpty(node: Node): boolean {
    return this.of(node)[0] === 0;
  }

  #reckon(node: Node): Width {
    switch (node.type) {
      case "literal":
      case "set":
      case "any":
        return ONE;
      case "anchor":
      case "look":
        return ZERO;
      case "sequence":
        return node.items
          .map((item) => this.of(item))
          .reduce(([min, max], [low, high]) => [min + low, max + high], ZERO);
      case "alternation":
        return either(node.branches.map((branch) => this.of(branch)));
      case "conditional":
        return either([this.of(node.yes), node.no === undefined ? ZERO : this.of(node.no)]);
      case "capture":
      case "group":
      case "atomic":
        return this.of(node.body);
      case "repeat": {
        const [min, max] = this.of(node.body);
        return [min * node.min, max === 0 ? 0 : max * node.max];
      }
      case "reference": {
        const capture = this.#tree.captures[node.group];
        return capture === undefined ? ZERO : this.of(capture.body);
      }
    }
  }
}

function either(widths: readonly Width[]): Width {
  return [Math.min(...widths.map(([min]) => min)), Math.max(...widths.map(([, max]) => max))];
}

/**
 * Refuses look-behinds that could begin at several places, as Python does.
 *
 * @throws RegexError `ERR_REGEX_SYNTAX`, without a position: Python finds it after parsing
 */
export function checkLookBehinds(tree: SyntaxTree, widths: Widths): void {
  const check = (node: Node): void => {
    if (node.type === "look" && node.behind) {
      const [min, max] = widths.of(node.body);
      if (min > 0xffff_ffff) fail("looks too much behind");
      if (min !== max) fail("look-behind requires fixed-width pattern");
    }
    children(node).forEach(check);
  };
  const fail = (reason: string): never => {
    throw new RegexError("ERR_REGEX_SYNTAX", reason, { pattern: tree.pattern });
  };
  check(tree.root);
}

/** How far before its own place a node may look, in code points. */
export function reachBehind(node: Node, widths: Widths): number {
  const below = Math.max(0, ...children(node).map((child) => reachBehind(child, widths)));
  if (node.type === "anchor") return 1;
  return node.type === "look" && node.behind ? widths.of(node.body)[0] + below : below;
}
