/** What a thread gets from the thread that started it, and how the two tell each other about its end. */
import type { MessagePort } from "node:worker_threads";

import type { ThreadFailure } from "./thread-failure.ts";

/** The data of the worker, under a name of ours: `workerData` is one for all. */
export interface ThreadData {
  readonly netloomThread: {
    readonly name: string;
    /** Address of the module. */
    readonly module: string;
    /** Name of the export. */
    readonly entry: string;
    readonly args: readonly unknown[];
    /** One word: 1 once the thread is to stop. Shared memory, so that a busy loop sees it too. */
    readonly stop: Int32Array<SharedArrayBuffer>;
    /** Takes the outcome; read at the end, so it keeps nobody alive. */
    readonly port: MessagePort;
  };
}

/** What the function came to. */
export type ThreadOutcome = { readonly result: unknown } | { readonly failure: ThreadFailure };

/** The data of this thread, if it was started by a `Thread`. */
export function threadDataOf(workerData: unknown): ThreadData["netloomThread"] | undefined {
  return (workerData as Partial<ThreadData> | null | undefined)?.netloomThread;
}
