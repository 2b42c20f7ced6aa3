import { combineFlags, IGNORECASE, TYPE_FLAGS } from "./flags.ts";
import type { FlagBits } from "./flags.ts";
import { children } from "./syntax-tree.ts";
import type { Node } from "./syntax-tree.ts";

/** The type flags of back-references without regard to case. */
export function typesOfIgnoringReferences(node: Node, flags: FlagBits): Set<FlagBits> {
  if (node.type === "reference") {
    return new Set(flags & IGNORECASE ? [flags & TYPE_FLAGS] : []);
  }
  const inside = node.type === "group" ? combineFlags(flags, node.added, node.removed) : flags;
  return new Set(children(node).flatMap((child) => [...typesOfIgnoringReferences(child, inside)]));
}

/** Whether a match may start with `\\w` or the like under another type flag than the pattern's. */
export function startsWithOtherCategory(node: Node, flags: FlagBits, global: FlagBits): boolean {
  switch (node.type) {
    case "set": {
      if ((flags & TYPE_FLAGS) === (global & TYPE_FLAGS)) return false;
      return node.items.some(({ type }) => type === "category");
    }
    case "sequence": {
      const first = node.items.find((item) => item.type !== "group" || !isNothing(item.body));
      return first !== undefined && startsWithOtherCategory(first, flags, global);
    }
    case "group": {
      const inside = combineFlags(flags, node.added, node.removed);
      return startsWithOtherCategory(node.body, inside, global);
    }
    case "alternation":
    case "capture":
      return children(node).some((child) => startsWithOtherCategory(child, flags, global));
    default:
      return false;
  }
}

function isNothing(node: Node): boolean {
  return node.type === "sequence" && node.items.length === 0;
}
