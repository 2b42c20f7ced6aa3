import { ConcurrencyError, Mutex } from "@netloom/concurrency";

const mutex = new Mutex();
using _guard = await mutex.acquire();

async function attempt(wait: Promise<unknown>): Promise<void> {
  try {
    await wait;
  } catch (error) {
    if (!(error instanceof ConcurrencyError)) throw error;
    console.log({ code: error.code, cause: error.cause });
  }
}

await attempt(mutex.acquire({ timeoutMs: 20 }));

const controller = new AbortController();
const wait = attempt(mutex.acquire({ signal: controller.signal }));
controller.abort("the user went away");
await wait;

console.log("still waiting:", mutex.waiting);
