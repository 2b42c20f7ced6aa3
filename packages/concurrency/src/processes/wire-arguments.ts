import { Queue } from "./queue.ts";
import type { QueueHandle } from "./queue-messages.ts";
import { encodeValue } from "./wire-value.ts";

/** Arguments of a call on their way to a child. Queues do not go by value: their places are empty. */
export interface WireArguments {
  readonly values: Uint8Array;
  readonly queues: readonly QueuePlace[];
}

/** Where a queue stands among the arguments: index of the argument, then keys inside it. */
export interface QueuePlace {
  readonly path: readonly string[];
  readonly handle: QueueHandle;
}

/**
 * Copies arguments. A `Queue` may be an argument itself, or stand inside arrays and plain objects.
 * Anywhere else it is refused, as everything that cannot be copied is.
 */
export function encodeArguments(
  args: readonly unknown[],
  serve: (queue: Queue<unknown>) => QueueHandle,
): WireArguments {
  const queues: QueuePlace[] = [];
  const values = withoutQueues(args, [], new Set(), (queue, path) => {
    queues.push({ path, handle: serve(queue) });
  });
  return { values: encodeValue(values, "an argument"), queues };
}

/** The same value, or a copy of it without its queues where there are some. */
function withoutQueues(
  value: unknown,
  path: readonly string[],
  above: Set<object>,
  found: (queue: Queue<unknown>, path: readonly string[]) => void,
): unknown {
  if (value instanceof Queue) {
    found(value as Queue<unknown>, path);
    return undefined;
  }
  if (typeof value !== "object" || value === null) return value;
  // A cycle is copied as it is: a queue inside one is refused by the copying.
  if (!(Array.isArray(value) || isPlain(value)) || above.has(value)) return value;
  above.add(value);
  let copy: Record<string, unknown> | undefined;
  for (const [key, part] of Object.entries(value)) {
    const replaced = withoutQueues(part, [...path, key], above, found);
    if (replaced === part) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<
      string,
      unknown
    >;
    copy[key] = replaced;
  }
  above.delete(value);
  return copy ?? value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
