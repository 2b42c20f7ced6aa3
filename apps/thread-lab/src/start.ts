import { activeThreads, Thread } from "@netloom/concurrency/threads";

import type { countPrimes, fail, workForEver, workUntilAsked } from "./start-work.ts";

/** One thread, when it was listed. */
export interface ListedThread {
  readonly id: number;
  readonly name: string;
  readonly alive: boolean;
}

/** What became of one thread. */
export interface EndedThread extends ListedThread {
  /** How it ended. */
  readonly ended: "returned" | "stopped" | "terminated" | "failed";
  /** What its function returned. */
  readonly result?: unknown;
  /** What `join` rejected with. */
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
}

export interface StartReport {
  /** All threads, right after the last was started. */
  readonly started: readonly ListedThread[];
  /** All threads, after the last was joined. */
  readonly ended: readonly EndedThread[];
  /** How many threads were left then. */
  readonly left: number;
}

/** How long a thread that is asked to stop may take before it is terminated, in milliseconds. */
const graceMs = 300;

const work = new URL("./start-work.js", import.meta.url);

/**
 * Starts threads from functions: `counters` that compute and return, one that ends when it is asked to,
 * one that has to be terminated, and one that fails.
 *
 * @param counters - how many count primes
 * @param limit - up to which number
 */
export async function startThreads(counters: number, limit: number): Promise<StartReport> {
  const returning = Array.from({ length: counters }, (_, at) =>
    Thread.start<typeof countPrimes>(work, "countPrimes", [limit], { name: `counter-${at + 1}` }),
  );
  const polite = Thread.start<typeof workUntilAsked>(work, "workUntilAsked", [], {
    name: "polite",
  });
  const deaf = Thread.start<typeof workForEver>(work, "workForEver", [], { name: "deaf" });
  const unlucky = Thread.start<typeof fail>(work, "fail", [], { name: "unlucky" });
  const all: readonly Thread<unknown>[] = [...returning, polite, deaf, unlucky];
  const started = activeThreads().map(list);
  await Promise.all(returning.map((thread) => thread.join()));
  await Promise.all([polite.stop(), deaf.stop({ graceMs })]);
  const ended = await Promise.all(
    all.map((thread) => report(thread, thread === polite ? "stopped" : "returned")),
  );
  return { started, ended, left: activeThreads().length };
}

function list({ id, name, alive }: Thread<unknown>): ListedThread {
  return { id, name, alive };
}

async function report(thread: Thread<unknown>, well: "returned" | "stopped"): Promise<EndedThread> {
  try {
    const result = await thread.join();
    return { ...list(thread), ended: well, result };
  } catch (thrown) {
    const error = thrown as Error & { readonly code?: unknown };
    return {
      ...list(thread),
      ended: error.code === "ERR_CONCURRENCY_TERMINATED" ? "terminated" : "failed",
      error: { name: error.name, message: error.message, stack: error.stack ?? "" },
    };
  }
}
