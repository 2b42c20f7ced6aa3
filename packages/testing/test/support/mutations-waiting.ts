import { setImmediate as turn } from "node:timers/promises";
import { TestingError } from "@netloom/testing";
import { ignore, reading, type Mutation } from "./mutation.ts";

/** What the leaking mutant left, for the test to clear. */
export const leaked: NodeJS.Timeout[] = [];

/** Mistakes with back-pressure, abort and what is left behind. */
export const waitingMutations: Readonly<Record<string, Mutation>> = {
  "never makes a writer wait": (inner) => {
    let last: Promise<unknown> = Promise.resolve();
    return {
      write: (bytes, { signal } = {}) => {
        if (signal?.aborted === true) return inner.write(bytes, { signal });
        last = last.then(() => inner.write(bytes)).catch(ignore);
        return Promise.resolve();
      },
      end: async () => {
        await last;
        await inner.end();
      },
    };
  },
  "wakes writers out of order": (inner) => ({
    write: async (bytes, options) => {
      await inner.write(bytes, options);
      if ((bytes[0] ?? 0) % 2 === 1) await turn();
    },
  }),
  "reads only when nothing waits to be written": (inner) => {
    const waiting = new Set<Promise<void>>();
    return {
      write: async (bytes, options) => {
        const write = inner.write(bytes, options);
        waiting.add(write);
        await write.finally(() => waiting.delete(write));
      },
      ...reading(async (iterator) => {
        while (waiting.size > 0) await turn();
        return iterator.next();
      })(inner),
    };
  },
  "loses what a slow reader leaves": (inner) => {
    let reading_ = false;
    return reading(async (iterator) => {
      reading_ = true;
      const result = await iterator.next();
      reading_ = false;
      setImmediate(() => {
        if (reading_ || result.done === true) return;
        const thief = inner[Symbol.asyncIterator]();
        thief.next().catch(ignore);
        void thief.return?.();
      });
      return result;
    })(inner);
  },
  "ignores the signal": (inner) => ({ write: (bytes) => inner.write(bytes) }),
  "sends an aborted write all the same": (inner) => ({
    write: (bytes, { signal } = {}) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => {
          reject(new TestingError("ERR_TESTING_ABORTED", "aborted", { cause: signal?.reason }));
        };
        if (signal?.aborted === true) onAbort();
        signal?.addEventListener("abort", onAbort);
        inner
          .write(bytes)
          .finally(() => signal?.removeEventListener("abort", onAbort))
          .then(resolve, reject);
      }),
  }),
  "tears an aborted write": (inner) => ({
    write: async (bytes, options) => {
      try {
        await inner.write(bytes, options);
      } catch (error) {
        if ((error as TestingError).code === "ERR_TESTING_ABORTED") {
          inner.write(bytes.subarray(0, bytes.length / 2)).catch(ignore);
        }
        throw error;
      }
    },
  }),
  "is destroyed by an abort": (inner) => ({
    write: (bytes, options) => {
      options?.signal?.addEventListener("abort", () => inner.destroy());
      return inner.write(bytes, options);
    },
  }),
  "leaves its listener on the signal": (inner) => ({
    write: (bytes, options) => {
      options?.signal?.addEventListener("abort", ignore);
      return inner.write(bytes, options);
    },
  }),
  "leaves a handle open": (inner) => {
    const timer = setInterval(ignore, 1_000_000);
    leaked.push(timer);
    return { close: () => inner.close() };
  },
};
