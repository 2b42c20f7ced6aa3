import { children } from "./syntax-tree.ts";
import type { Node } from "./syntax-tree.ts";

/** The capturing groups in a node, its own included, in the order of the pattern. */
export function capturesIn(node: Node): number[] {
  const below = children(node).flatMap(capturesIn);
  return node.type === "capture" ? [node.index, ...below] : below;
}

/** Whether a match of a node sets a group: on every way through it, on none, or on some. */
export type Assignment = "always" | "never" | "sometimes";

/** The groups in a node, and whether a match of the node sets them. */
export function assignments(node: Node): Map<number, Assignment> {
  const result = new Map<number, Assignment>();
  switch (node.type) {
    case "capture":
      result.set(node.index, "always");
      break;
    case "alternation":
      return merge(node.branches);
    case "conditional":
      return merge(children(node), node.no === undefined);
    case "repeat": {
      if (node.max === 0) return new Map(capturesIn(node).map((group) => [group, "never"]));
      const inside = assignments(node.body);
      return node.min > 0 ? inside : weaken(inside);
    }
    case "look":
      // What a negative look-around has captured is forgotten.
      if (node.negative) return new Map(capturesIn(node).map((group) => [group, "never"]));
      break;
  }
  for (const child of children(node)) {
    for (const [group, assignment] of assignments(child)) result.set(group, assignment);
  }
  return result;
}

/** A group is in one branch alone, so with another branch it is not always set. */
function merge(branches: readonly Node[], orNothing = false): Map<number, Assignment> {
  const all = branches.map(assignments);
  const several = all.length > 1 || orNothing;
  return new Map(all.flatMap((one) => [...(several ? weaken(one) : one)]));
}

function weaken(one: Map<number, Assignment>): Map<number, Assignment> {
  return new Map([...one].map(([group, how]) => [group, how === "never" ? "never" : "sometimes"]));
}
