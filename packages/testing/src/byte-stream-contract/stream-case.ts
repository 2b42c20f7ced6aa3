import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import type { ByteStream } from "@netloom/framing";
import { TestingError } from "../errors.ts";
import type { ByteStreamCodes, ByteStreamFactory, ContractCase } from "./contract.ts";

/** Far more than any case needs, over any transport on a busy machine. */
export const defaultTimeoutMs: number = 10_000;

/** What a case works with: two connected streams, `a` and `b`, and ways to look at promises. */
export interface StreamCase {
  readonly a: ByteStream;
  readonly b: ByteStream;
  /** Resolves with the error when `promise` rejects with a code of that kind; else fails the case. */
  rejects(promise: Promise<unknown>, kind: keyof ByteStreamCodes): Promise<Error>;
  /** True once the case has ended: for loops that end with what they wait for. */
  over(): boolean;
}

/** A promise under observation: its rejection is never unhandled. */
export interface Observed<T> {
  readonly promise: Promise<T>;
  state: "waiting" | "resolved" | "rejected";
}

/** Watches a promise that the case does not await at once. */
export function observe<T>(promise: Promise<T>): Observed<T> {
  const observed: Observed<T> = { promise, state: "waiting" };
  promise.then(
    () => (observed.state = "resolved"),
    () => (observed.state = "rejected"),
  );
  return observed;
}

/** Lets the event loop turn `count` times: time for whatever would happen without further cause. */
export async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await turn();
}

/** A contract case on two fresh streams, which are destroyed when it ends, with a time limit. */
export function streamCase(name: string, body: (t: StreamCase) => Promise<void>): ContractCase {
  return {
    name,
    run: (factory) =>
      withTimeLimit(factory, name, async (signal) => {
        const [a, b] = await factory.pair();
        const destroyBoth = (): void => {
          a.destroy();
          b.destroy();
        };
        // At the time limit as well, so that what the body waits for ends too.
        signal.addEventListener("abort", destroyBoth);
        let over = false;
        try {
          await body({
            a,
            b,
            over: () => over || signal.aborted,
            rejects: (promise, kind) => rejectsWith(factory, promise, kind),
          });
        } finally {
          over = true;
          destroyBoth();
        }
      }),
  };
}

async function rejectsWith(
  factory: ByteStreamFactory,
  promise: Promise<unknown>,
  kind: keyof ByteStreamCodes,
): Promise<Error> {
  const codes = factory.codes[kind];
  const wanted = `to reject as ${kind} (${codes.join(" or ")})`;
  let error: unknown;
  try {
    await promise;
  } catch (caught) {
    error = caught;
  }
  assert.ok(error !== undefined, `expected ${wanted}, but it resolved`);
  assert.ok(error instanceof Error, `expected ${wanted}, but it rejected with no Error`);
  const code = (error as { code?: unknown }).code;
  assert.ok(
    typeof code === "string" && codes.includes(code),
    `expected ${wanted}, got ${String(code)}: ${error.message}`,
  );
  return error;
}

/** Runs `body` for at most the factory's time limit; the signal aborts when that is over. */
export async function withTimeLimit(
  factory: ByteStreamFactory,
  name: string,
  body: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const limitMs = factory.timeoutMs ?? defaultTimeoutMs;
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `${factory.name}: "${name}" was not over after ${limitMs} ms`;
      reject(new TestingError("ERR_TESTING_TIMEOUT", message));
      limit.abort();
    }, limitMs);
  });
  try {
    await Promise.race([body(limit.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
