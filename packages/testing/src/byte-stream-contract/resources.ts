import assert from "node:assert/strict";
import type { ByteStream } from "@netloom/framing";
import type { ByteStreamFactory, ContractCase } from "./contract.ts";
import { pattern, readAll } from "./payload.ts";
import { defaultTimeoutMs, turns, withTimeLimit } from "./stream-case.ts";

/** Nothing that keeps the process alive is left behind. */
export const resourcesCases: readonly ContractCase[] = [
  resourceCase("resources: no handle is open after both sides closed", async (a, b) => {
    await Promise.all([a.write(pattern(1000)), b.write(pattern(1000))]);
    await Promise.all([a.end(), b.end(), readAll(a), readAll(b)]);
    await Promise.all([a.close(), b.close()]);
  }),

  resourceCase(
    "resources: no handle is open after one side closed and the other saw it",
    async (a, b) => {
      const close = a.close();
      await readAll(b);
      await Promise.all([close, b.close()]);
    },
  ),

  resourceCase("resources: no handle is open after both sides were destroyed", async (a, b) => {
    a.destroy();
    b.destroy();
  }),

  resourceCase(
    "resources: no handle is open after one side was destroyed and the other closed",
    async (a, b) => {
      await a.write(pattern(1000));
      a.destroy();
      await b.close();
    },
  ),
];

function resourceCase(
  name: string,
  body: (a: ByteStream, b: ByteStream) => Promise<void>,
): ContractCase {
  return {
    name,
    run: (factory: ByteStreamFactory) =>
      withTimeLimit(factory, name, async () => {
        const before = activeResources();
        const [a, b] = await factory.pair();
        try {
          await body(a, b);
          // A handle is closed some turns after the call that closes it, so this waits for it; what
          // else comes and goes in the process (a test runner's timers) does not matter then.
          let left = leftOver(before);
          // Gives up before the case's time limit, to say what is left.
          const latest = performance.now() + (factory.timeoutMs ?? defaultTimeoutMs) / 2;
          while (left.length > 0 && performance.now() < latest) {
            await turns(1);
            left = leftOver(before);
          }
          assert.deepEqual(left, [], "resources left open");
        } finally {
          a.destroy();
          b.destroy();
        }
      }),
  };
}

function activeResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) {
    // An immediate is this case's own way of waiting.
    if (type !== "Immediate") counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function leftOver(before: ReadonlyMap<string, number>): string[] {
  const left: string[] = [];
  for (const [type, count] of activeResources()) {
    if (count > (before.get(type) ?? 0)) left.push(type);
  }
  return left;
}
