import { Thread } from "@netloom/concurrency/threads";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { now } from "./compare-work.ts";

/** How long starts took, in microseconds. */
export interface StartUp {
  readonly kind: "process" | "thread" | "coroutine" | "generator";
  readonly samples: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One sample of what takes less than the clock's step is the mean of this many. */
const batch = 1_000;

const work = new URL("./compare-work.js", import.meta.url);
const processFile = fileURLToPath(new URL("./compare-process.js", import.meta.url));

const measures: Readonly<Record<StartUp["kind"], () => Promise<number>>> = {
  process: processStart,
  thread: threadStart,
  coroutine: coroutineStart,
  generator: generatorStart,
};

/**
 * Measures how long it takes from the start of a process, a thread, a coroutine (async function) and a
 * generator until its first line runs.
 *
 * @param samples - how many of each, in turn, so that all see the same load; one more before is not counted
 */
export async function compareStartUp(samples: number): Promise<StartUp[]> {
  const kinds = Object.keys(measures) as StartUp["kind"][];
  const seen = new Map(kinds.map((kind) => [kind, [] as number[]]));
  for (let round = -1; round < samples; round++) {
    for (const kind of kinds) {
      const us = await measures[kind]();
      if (round >= 0) seen.get(kind)?.push(us);
    }
  }
  return kinds.map((kind) => {
    const sorted = (seen.get(kind) ?? []).toSorted((a, b) => a - b);
    const [min = Number.NaN] = sorted;
    return { kind, samples, median: median(sorted), min, max: sorted.at(-1) ?? Number.NaN };
  });
}

/** The middle of sorted values; of two middle ones, their mean. */
export function median(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

function microseconds(from: bigint, to: bigint): number {
  return Number(to - from) / 1000;
}

async function processStart(): Promise<number> {
  const begun = process.hrtime.bigint();
  const child = spawn(process.execPath, [processFile], { stdio: ["ignore", "pipe", "inherit"] });
  // A parent that is interrupted leaves no child behind.
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  try {
    const ended = new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", () => resolve());
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    await ended;
    return microseconds(begun, BigInt(text.trim()));
  } finally {
    process.off("exit", end);
  }
}

async function threadStart(): Promise<number> {
  const begun = process.hrtime.bigint();
  const thread = Thread.start<typeof now>(work, "now", []);
  return microseconds(begun, await thread.join());
}

async function coroutineStart(): Promise<number> {
  let running = 0;
  async function coroutine(): Promise<void> {
    running++;
  }
  const begun = process.hrtime.bigint();
  for (let time = 0; time < batch; time++) await coroutine();
  return microseconds(begun, process.hrtime.bigint()) / running;
}

async function generatorStart(): Promise<number> {
  function* generator(): Generator<number> {
    yield 1;
  }
  let running = 0;
  const begun = process.hrtime.bigint();
  for (let time = 0; time < batch; time++) running += Number(generator().next().value);
  return microseconds(begun, process.hrtime.bigint()) / running;
}
