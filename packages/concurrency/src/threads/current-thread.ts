import { isMainThread, threadId, workerData } from "node:worker_threads";

import { wordChange } from "./shared-wait.ts";
import { threadDataOf } from "./thread-control.ts";

/** The thread that asks. */
export interface CurrentThread {
  /** The id of the thread in this process; 0 is the main thread. */
  readonly id: number;
  /** The name it was started with; `main` for the main thread. */
  readonly name: string;
  /** Whether it was asked to stop. Right also in a loop that never lets anything else run. */
  readonly stopRequested: boolean;
  /** Aborted when the thread is asked to stop; what everything that waits takes. */
  readonly signal: AbortSignal;
}

const data = threadDataOf(workerData);
let signal: AbortSignal | undefined;

const current: CurrentThread = {
  id: threadId,
  name: data?.name || (isMainThread ? "main" : `thread-${threadId}`),
  get stopRequested() {
    return data !== undefined && Atomics.load(data.stop, 0) === 1;
  },
  get signal() {
    signal ??= stopSignal();
    return signal;
  },
};

/**
 * The thread that this code runs in: its id and name, and whether it was asked to stop. The main thread,
 * and a worker that no `Thread` started, are never asked.
 *
 * @example
 * import { currentThread } from "@netloom/concurrency/threads";
 * console.log(currentThread().name, currentThread().id); // main 0
 */
export function currentThread(): CurrentThread {
  return current;
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  if (data !== undefined) void abortOnStop(controller, data.stop);
  return controller.signal;
}

async function abortOnStop(
  controller: AbortController,
  stop: Int32Array<SharedArrayBuffer>,
): Promise<void> {
  // Not a wait that keeps the thread alive: who only might be asked to stop may end.
  while (Atomics.load(stop, 0) === 0) await wordChange(stop, 0, 0);
  controller.abort();
}
