// @ts-check
// No stale green: a change in a package runs the tests of all that stands on it again.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { copyWorkspace, workspaceCommand } from "./copy.mjs";

/** @type {import("./copy.mjs").Copy} */
let copy;
beforeAll(async () => {
  copy = await copyWorkspace();
});
afterAll(() => copy?.remove());

/**
 * Runs test tasks and gives, for each, whether its result came from the cache and how it ended.
 *
 * @param {readonly string[]} tasks
 * @param {readonly string[]} names
 * @param {boolean} [expectRed] stops each suite at its first failure
 * @returns {Promise<Record<string, { cached: boolean, status: number }>>}
 */
async function runTests(tasks, names, expectRed = false) {
  const runs = join(copy.folder, ".turbo", "runs");
  rmSync(runs, { recursive: true, force: true });
  const filters = names.map((name) => `--filter=@netloom/${name}`);
  await copy.run(
    process.execPath,
    workspaceCommand(
      "turbo",
      "run",
      ...tasks,
      ...filters,
      "--continue",
      "--summarize",
      "--output-logs=none",
    ),
    expectRed ? { NETLOOM_BAIL: "1" } : {},
  );
  const [file = ""] = readdirSync(runs);
  /** @type {{ tasks: { taskId: string, cache: { status: string }, execution?: { exitCode: number } }[] }} */
  const summary = JSON.parse(readFileSync(join(runs, file), "utf8"));
  return Object.fromEntries(
    summary.tasks
      .filter(({ taskId }) => tasks.some((task) => taskId.endsWith(`#${task}`)))
      .map(({ taskId, cache, execution }) => [
        taskId.replace("@netloom/", ""),
        { cached: cache.status === "HIT", status: execution?.exitCode ?? -1 },
      ]),
  );
}

/**
 * Changes one line of a file for the time of some work.
 *
 * @template T
 * @param {string} file
 * @param {string} from
 * @param {string} to
 * @param {() => Promise<T>} work
 */
async function withLine(file, from, to, work) {
  const path = join(copy.folder, file);
  const before = readFileSync(path, "utf8");
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
  try {
    return await work();
  } finally {
    writeFileSync(path, before);
  }
}

const ranGreen = { cached: true, status: 0 };
const ranRed = { cached: false, status: 1 };

it("replays greens while nothing changes, and after a README did", async () => {
  await runTests(["test", "test:e2e"], ["framing", "echo", "transfer"]);
  const readme = join(copy.folder, "packages", "codec", "README.md");
  writeFileSync(readme, `${readFileSync(readme, "utf8")}\n`);
  const again = await runTests(["test", "test:e2e"], ["framing", "echo", "transfer"]);
  expect(again).toMatchObject({
    "framing#test": ranGreen,
    "echo#test:e2e": ranGreen,
    "transfer#test:e2e": ranGreen,
  });
});

it("runs framing's tests and those of tcp's dependents again, and red, when a line of codec's text breaks", async () => {
  const results = await withLine(
    "packages/codec/src/encode-text.ts",
    "return utf8Encoder.encode(text);",
    'return utf8Encoder.encode(text.replace(/o/, "0"));',
    () => runTests(["test", "test:e2e"], ["framing", "echo"], true),
  );
  expect(results).toMatchObject({ "framing#test": ranRed, "echo#test:e2e": ranRed });
});

it("runs transfer's tests again, and red, when a line of codec's msgpack breaks", async () => {
  const results = await withLine(
    "packages/codec/src/msgpack.ts",
    "return packr.unpack(view) as T;",
    'throw new CodecError("ERR_CODEC_MALFORMED", "broken on purpose");',
    () => runTests(["test", "test:e2e"], ["transfer"], true),
  );
  expect(results).toMatchObject({ "transfer#test:e2e": ranRed });
});

it("runs the tests again on another Node", async () => {
  const copyTurbo = join(copy.folder, "tooling", "workspace", "src", "turbo.mjs");
  const source = readFileSync(copyTurbo, "utf8");
  expect(source).toContain("NODE_RUNTIME: process.version");
  writeFileSync(copyTurbo, source.replace("process.version", '"v0.0.0-another"'));
  try {
    const results = await runTests(["test"], ["concurrency"]);
    expect(results["concurrency#test"]).toEqual({ cached: false, status: 0 });
  } finally {
    writeFileSync(copyTurbo, source);
  }
});
