import { assignments } from "./captures.ts";
import { children } from "./syntax-tree.ts";
import type { Node, Repeat } from "./syntax-tree.ts";

/**
 * The ways through a node, in the order in which they are tried, such that each sets a group always
 * or never: `(a)?` is `(a)` or nothing. A pattern that goes on behind the node means the same as one
 * that goes on behind each way.
 *
 * @returns undefined where there is no such list: in a loop, or where there is no going back
 */
export function split(node: Node, group: number): readonly Node[] | undefined {
  if (assignments(node).get(group) !== "sometimes") return [node];
  switch (node.type) {
    case "alternation":
      return flatten(node.branches.map((branch) => split(branch, group)));
    case "group":
    case "capture":
      return split(node.body, group)?.map((body) => ({ ...node, body }));
    case "sequence": {
      const at = node.items.findIndex((item) => assignments(item).get(group) === "sometimes");
      // What is tried again before must be tried with each way behind it, before the next try.
      if (!node.items.slice(0, at).every(hasOneWay)) return undefined;
      return split(node.items[at] ?? node, group)?.map((item) => {
        const items = [...node.items];
        items[at] = item;
        return { ...node, items };
      });
    }
    case "repeat":
      return splitRepeat(node, group);
    case "atomic":
    case "look": {
      // Once a way is found here, the later ones are never tried.
      const ahead = { type: "look", behind: false, negative: true } as const;
      const ways = split(node.body, group);
      return ways?.map((body, i) => {
        const none = ways.slice(0, i).map((way): Node => {
          return {
            ...(node.type === "look" ? node : { ...node, ...ahead }),
            body: way,
            negative: true,
          };
        });
        return {
          type: "sequence",
          items: [...none, { ...node, body }],
          start: node.start,
          end: node.end,
        };
      });
    }
    default:
      return undefined;
  }
}

function splitRepeat(node: Repeat, group: number): readonly Node[] | undefined {
  if (node.mode === "possessive") return undefined;
  const nothing: Node = { type: "sequence", items: [], start: node.end, end: node.end };
  // Of several rounds each sets the group, or else the loop is refused.
  const ways = node.max === 1 ? split(node.body, group) : [{ ...node, min: 1 }];
  if (node.min > 0 || ways === undefined) return node.max === 1 ? ways : undefined;
  return node.mode === "lazy" ? [nothing, ...ways] : [...ways, nothing];
}

/** Whether there is nothing to go back to in a node. */
function hasOneWay(node: Node): boolean {
  switch (node.type) {
    case "alternation":
    case "conditional":
      return false;
    case "repeat":
      return node.mode === "possessive" || (node.min === node.max && hasOneWay(node.body));
    case "look":
    case "atomic":
      return true;
    default:
      return children(node).every(hasOneWay);
  }
}

/** The groups that a node refers to or tests. */
export function groupsUsedIn(node: Node): Set<number> {
  const used = new Set(children(node).flatMap((child) => [...groupsUsedIn(child)]));
  if (node.type === "reference" || node.type === "conditional") used.add(node.group);
  return used;
}

function flatten(lists: readonly (readonly Node[] | undefined)[]): Node[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}
