/** What the labs let other processes do. Each of these runs in a process of its own. */
import type { AnyQueue } from "@netloom/concurrency";
import { currentProcess, Process, Queue } from "@netloom/concurrency/processes";
import { setTimeout as sleep } from "node:timers/promises";

const here = new URL(import.meta.url);

/** A day: long enough for "until it is ended". */
const FOREVER_MS = 86_400_000;
/** An orphan looks so often whether the lab is still there. */
const LOOK_EVERY_MS = 100;

/** The variable of the isolation lab. Every process that loads this module has its own. */
let value = 100;

export function readValue(): number {
  return value;
}

export function addToValue(by: number): { readonly before: number; readonly after: number } {
  const before = value;
  value += by;
  return { before, after: value };
}

/** Work that computes: how many primes there are below `limit`. */
export function countPrimes(limit: number): number {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0;
    if (isPrime) count++;
  }
  return count;
}

/** What a process sees of itself, and what it computed. */
export function countPrimesAndTell(limit: number): {
  readonly pid: number;
  readonly parentPid: number;
  readonly primes: number;
} {
  const { pid, parentPid } = currentProcess();
  return { pid, parentPid, primes: countPrimes(limit) };
}

export function failWithCause(): never {
  const cause = new RangeError("the page has 3 lines, not 7");
  throw Object.assign(new TypeError("line 7 cannot be read", { cause }), { code: "ERR_LINE" });
}

export function exitWith(status: number): never {
  process.exit(status);
}

/** Endless work: never gives up the processor by itself, hears no event, sees no signal handler. */
export function spin(): never {
  for (;;);
}

export async function idle(): Promise<void> {
  await sleep(FOREVER_MS);
}

/** Lives on when its parent has ended, until the lab ends it, or has itself ended. */
export async function outlive(labPid: number): Promise<void> {
  while (isThere(labPid)) await sleep(LOOK_EVERY_MS);
}

/** A parent whose child is in endless work; it tells the child's pid and waits. */
export async function parentOfSpin(pids: AnyQueue<number>): Promise<void> {
  await pids.put(startOwn("spin", [], true));
  await idle();
}

/** A parent whose child outlives it. */
export async function parentOfOutlive(pids: AnyQueue<number>, labPid: number): Promise<void> {
  await pids.put(startOwn("outlive", [labPid], false));
  await idle();
}

/** A parent whose child waits to be ended. */
export async function parentOfIdle(pids: AnyQueue<number>): Promise<void> {
  await pids.put(startOwn("idle", [], true));
  await idle();
}

/** A parent that starts its worker through a child which ends at once: the second generation. */
export async function grandparent(pids: AnyQueue<number>, labPid: number): Promise<void> {
  const told = new Queue<number>();
  Process.start<typeof startAndLeave>(here, "startAndLeave", [told, labPid]);
  await pids.put(await told.get());
  await idle();
}

export async function startAndLeave(told: AnyQueue<number>, labPid: number): Promise<never> {
  await told.put(startOwn("outlive", [labPid], false));
  // By itself it would wait for its child.
  process.exit();
}

export interface Page {
  readonly name: string;
  readonly text: string;
}

/** What the two processes of the queue lab tell. */
export type QueueEvent =
  | {
      readonly type: "downloaded";
      readonly name: string;
      readonly bytes: number;
      readonly pid: number;
    }
  | {
      readonly type: "analysed";
      readonly name: string;
      readonly lines: number;
      readonly words: number;
      readonly longest: string;
      readonly pid: number;
    };

/** Downloads pages and passes them on; slows down while the queue is full. */
export async function download(
  places: readonly { readonly name: string; readonly url: string }[],
  pages: AnyQueue<Page>,
  events: AnyQueue<QueueEvent>,
): Promise<void> {
  for (const { name, url } of places) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered with status ${response.status}`);
    const text = await response.text();
    const bytes = Buffer.byteLength(text);
    await events.put({ type: "downloaded", name, bytes, pid: process.pid });
    await pages.put({ name, text });
  }
  await pages.close();
}

/** Takes pages until no more can come, and tells what is in them. */
export async function analyse(pages: AnyQueue<Page>, events: AnyQueue<QueueEvent>): Promise<void> {
  for await (const { name, text } of pages) {
    const words = text.match(/\p{L}+/gu) ?? [];
    const longest = words.reduce((one, other) => (other.length > one.length ? other : one), "");
    const lines = text.split("\n").length;
    await events.put({
      type: "analysed",
      name,
      lines,
      words: words.length,
      longest,
      pid: process.pid,
    });
    await pages.taskDone();
  }
  await events.close();
}

/** A task of the pool lab. */
export function poolTask(limit: number): {
  readonly worker: number;
  readonly pid: number;
  readonly primes: number;
} {
  const { workerId = 0, pid } = currentProcess();
  return { worker: workerId, pid, primes: countPrimes(limit) };
}

function startOwn(entry: string, args: unknown[], daemon: boolean): number {
  const { pid } = Process.start(here, entry, args, { daemon });
  if (pid === undefined) throw new Error(`process ${entry} could not be started`);
  return pid;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
