import { Barrier, Mutex, Thread } from "@netloom/concurrency/threads";

import { joinAll, sharedNumber } from "./crew.ts";
import type { countUp, CountUpOptions } from "./race-work.ts";

export interface RaceOptions {
  /** How one is added. Default: `plain`, which loses updates. */
  readonly mode?: CountUpOptions["mode"] | undefined;
  /** How many threads add, from 2. Default: 2. */
  readonly threads?: number | undefined;
  /** How long they add, in milliseconds. Default: 200. */
  readonly ms?: number | undefined;
}

export interface RaceReport {
  readonly mode: CountUpOptions["mode"];
  readonly threads: number;
  /** How long they added, in milliseconds. */
  readonly ms: number;
  /** How often one was added, all threads together. */
  readonly added: number;
  /** What the counter says. */
  readonly counter: number;
  /** How many updates are missing. */
  readonly lost: number;
  /** The same as a share of all, from 0 to 1. */
  readonly lostShare: number;
}

/** A loss that is plain to see. */
const visibleShare = 0.01;

/** The longest run until a loss is seen, in milliseconds. */
const longestMs = 6_400;

const work = new URL("./race-work.js", import.meta.url);

/** Lets threads add to one number in shared memory, and counts what is missing afterwards. */
export async function race({
  mode = "plain",
  threads = 2,
  ms = 200,
}: RaceOptions = {}): Promise<RaceReport> {
  const counter = sharedNumber();
  const start = new Barrier(threads).handle;
  const mutex = new Mutex().handle;
  const most = Math.floor((2 ** 31 - 1) / threads);
  const crew = Array.from({ length: threads }, () =>
    Thread.start<typeof countUp>(work, "countUp", [{ mode, counter, start, mutex, ms, most }]),
  );
  const added = (await joinAll(crew)).reduce((sum, count) => sum + count, 0);
  const seen = counter[0] ?? 0;
  const lost = added - seen;
  return { mode, threads, ms, added, counter: seen, lost, lostShare: lost / added };
}

/**
 * A race that loses so that everybody sees it: where a run was too short for this machine, the next is
 * twice as long, up to 6.4 s. Gives the last one.
 */
export async function visibleRace(options: RaceOptions = {}): Promise<RaceReport> {
  let report = await race(options);
  while (report.lostShare < visibleShare && report.ms * 2 <= longestMs) {
    report = await race({ ...options, ms: report.ms * 2 });
  }
  return report;
}
