import { children } from "./syntax-tree.ts";
import type { Node } from "./syntax-tree.ts";
import type { Widths } from "./width.ts";

/**
 * Whether a node tries every way to match something before any way to match nothing.
 *
 * That decides about loops around it. After a round that matched nothing Python leaves the loop and
 * goes on behind it; JavaScript takes the round back and looks for another way through it. Where
 * the empty way is the last one, both come to the same end.
 */
export function isEmptyLast(node: Node, widths: Widths): boolean {
  if (!widths.mayBeEmpty(node)) return true;
  switch (node.type) {
    case "alternation":
      return node.branches.every((branch, i) => {
        if (!isEmptyLast(branch, widths)) return false;
        // Behind a branch that may be empty only what is always empty may follow.
        const later = node.branches.slice(i + 1);
        return !widths.mayBeEmpty(branch) || later.every((other) => widths.of(other)[1] === 0);
      });
    case "repeat":
      if (widths.of(node)[1] === 0) return true;
      if (!isEmptyLast(node.body, widths)) return false;
      return node.mode !== "lazy" || node.min === node.max;
    case "conditional":
      // Which side it is is fixed where this is asked.
      return children(node).every((side) => isEmptyLast(side, widths));
    case "atomic":
    case "look":
      return true;
    default:
      return children(node).every((child) => isEmptyLast(child, widths));
  }
}

/**
 * Whether a node has a way to match nothing wherever it stands, whatever is around. An atomic group
 * may have none: it does not give back what it took.
 */
export function isAlwaysEmptiable(node: Node, widths: Widths): boolean {
  if (!widths.mayBeEmpty(node)) return false;
  switch (node.type) {
    case "sequence":
      return node.items.every((item) => isAlwaysEmptiable(item, widths));
    case "alternation":
      return node.branches.some((branch) => isAlwaysEmptiable(branch, widths));
    case "repeat":
      if (node.mode === "possessive") return false;
      return node.min === 0 || isAlwaysEmptiable(node.body, widths);
    case "capture":
    case "group":
      return isAlwaysEmptiable(node.body, widths);
    default:
      return false;
  }
}
