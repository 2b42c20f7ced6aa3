import { ConcurrencyError } from "@netloom/concurrency";

/** What became of a promise: its value, the code of its error, or still waiting. */
export type Settlement = { ok: unknown } | { failed: unknown } | "waiting";

/** Watches a promise without waiting for it; a rejection counts as handled. */
export function watch(promise: Promise<unknown>): () => Settlement {
  let settlement: Settlement = "waiting";
  async function follow(): Promise<void> {
    try {
      settlement = { ok: await promise };
    } catch (error) {
      settlement = { failed: error instanceof ConcurrencyError ? error.code : error };
    }
  }
  void follow();
  return () => settlement;
}

/** Lets every continuation run that is due now, without a turn of the event loop: "at once". */
export function atOnce(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** The error that a promise rejects with, which must be of this package. */
export async function failure(promise: Promise<unknown>): Promise<ConcurrencyError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ConcurrencyError) return error;
    throw error;
  }
  throw new Error("expected a rejection");
}

/** How many timers of this process are pending. */
export function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
