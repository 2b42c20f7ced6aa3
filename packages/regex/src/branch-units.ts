import { LOWER, UPPER } from "./character-data.ts";
import { children } from "./syntax-tree.ts";
import type { Node, SetItem } from "./syntax-tree.ts";

/** Whether the node matches one character in one way. */
export function isUnit(node: Node): boolean {
  return node.type === "literal" || node.type === "set" || node.type === "any";
}

/** The set that CPython makes of branches of one character each; undefined for other branches. */
export function unitItems(node: Node): SetItem[] | undefined {
  const [only] = children(node);
  switch (node.type) {
    case "literal":
      return [{ type: "literal", codePoint: node.codePoint }];
    case "set":
      return node.negated ? undefined : [...node.items];
    case "sequence":
      return only === undefined || node.items.length > 1 ? undefined : unitItems(only);
    case "group":
      return node.added || node.removed ? undefined : unitItems(node.body);
    case "alternation": {
      const all = node.branches.map(unitItems);
      return all.includes(undefined) ? undefined : all.flatMap((items) => items ?? []);
    }
    default:
      return undefined;
  }
}

/** Whether a letter beyond U+FFFF that has another case stands in a node for itself. */
export function hasHighLetter(node: Node): boolean {
  if (node.type !== "literal") return children(node).some(hasHighLetter);
  return node.codePoint > 0xffff && (LOWER.has(node.codePoint) || UPPER.has(node.codePoint));
}
