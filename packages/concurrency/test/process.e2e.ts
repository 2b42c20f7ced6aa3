// What only a whole process shows: that it ends by itself, and that its heap stays flat.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const rounds = process.env["NETLOOM_LONG"] ? 1_000_000 : 100_000;

async function run(
  fixture: string,
  flags: string[],
  args: string[],
  timeout: number,
): Promise<string> {
  const file = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  const child = await promisify(execFile)(process.execPath, [...flags, file, ...args], { timeout });
  expect(child.stderr).toBe("");
  return child.stdout;
}

test("a process whose waits have all ended ends by itself", async () => {
  const output = await run("exit.mjs", [], [], 20_000);
  expect(output.trimEnd().split("\n")).toEqual([
    "ERR_CONCURRENCY_ABORTED",
    "ERR_CONCURRENCY_ABORTED",
    "ERR_CONCURRENCY_ABORTED",
    "ERR_CONCURRENCY_ABORTED",
    "ERR_CONCURRENCY_CLOSED",
    "ERR_CONCURRENCY_TIMEOUT",
  ]);
});

test("the heap is flat over many waits that end in every way", { timeout: 600_000 }, async () => {
  const grown = Number(await run("heap.mjs", ["--expose-gc"], [String(rounds)], 600_000));
  // The engine's own warm-up is about 2 MB; one waiter kept a round would be 10 MB.
  expect(grown).toBeLessThan(5_000_000);
});
