/** What a `Thread`'s worker runs: its function, and word of what that came to. */
import { workerData } from "node:worker_threads";

import { ConcurrencyError } from "../errors.ts";
import { keepAlive, releaseKeepAlive } from "./keep-alive.ts";
import { threadDataOf } from "./thread-control.ts";
import type { ThreadData, ThreadOutcome } from "./thread-control.ts";
import { encodeFailure } from "./thread-failure.ts";

type Data = ThreadData["netloomThread"];

async function run({ module, entry, args }: Data): Promise<ThreadOutcome> {
  try {
    const found = ((await import(module)) as Record<string, unknown>)[entry];
    if (typeof found !== "function") {
      throw new ConcurrencyError(
        "ERR_CONCURRENCY_OPTION",
        `Thread.start: ${module} exports no function "${entry}"`,
      );
    }
    return { result: await (found as (...args: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { failure: encodeFailure(error) };
  }
}

function report({ port, entry }: Data, outcome: ThreadOutcome): void {
  try {
    port.postMessage(outcome);
  } catch (cause) {
    const error = new ConcurrencyError(
      "ERR_CONCURRENCY_CLONE",
      `Thread: the result of "${entry}" cannot be copied to another thread`,
      { cause },
    );
    port.postMessage({ failure: encodeFailure(error) } satisfies ThreadOutcome);
  }
}

const data = threadDataOf(workerData);
if (data !== undefined) {
  // A function that waits only for another thread has nothing else that keeps this one alive.
  keepAlive();
  report(data, await run(data));
  releaseKeepAlive();
}
