import { setImmediate as turn } from "node:timers/promises";
import { done, ignore, never, reading, type Mutation } from "./mutation.ts";

let lastWritten: Uint8Array | undefined;

/** Mistakes with bytes and with readers. */
export const readingMutations: Readonly<Record<string, Mutation>> = {
  "loses a byte": reading(async (iterator) => {
    const result = await iterator.next();
    return result.done === true ? result : { done: false, value: result.value.subarray(1) };
  }),
  "lets a chunk share the writer's memory": (inner) => {
    return {
      write: (bytes, options) => {
        lastWritten = bytes;
        return inner.write(bytes, options);
      },
      ...reading(async (iterator) => {
        const result = await iterator.next();
        const shared = lastWritten?.length === result.value?.length ? lastWritten : undefined;
        return shared === undefined ? result : { done: false, value: shared };
      })(inner),
    };
  },
  "gives out an empty chunk": (inner) => {
    let first = true;
    return reading((iterator) => {
      if (!first) return iterator.next();
      first = false;
      return Promise.resolve({ done: false, value: new Uint8Array(0) });
    })(inner);
  },
  "sends the whole buffer behind a view": (inner) => ({
    write: (bytes, options) => inner.write(new Uint8Array(bytes.buffer), options),
  }),
  "lets a later write overtake": (inner) => ({
    write: async (bytes, options) => {
      if (bytes.length % 2 === 1) await turn();
      return inner.write(bytes, options);
    },
  }),
  "never gives out what was written before the first read": (inner) => {
    let read = false;
    return {
      write: (bytes, options) => (read ? inner.write(bytes, options) : Promise.resolve()),
      ...reading((iterator) => {
        read = true;
        return iterator.next();
      })(inner),
    };
  },
  "destroys itself on break": (inner) =>
    reading(
      (iterator) => iterator.next(),
      () => {
        inner.destroy();
        return Promise.resolve(done);
      },
    )(inner),
  "drops a chunk on break": (inner) => ({
    [Symbol.asyncIterator]: () => {
      const iterator = inner[Symbol.asyncIterator]();
      return {
        next: () => iterator.next(),
        return: async () => {
          const next = inner[Symbol.asyncIterator]();
          await Promise.race([next.next().catch(ignore), turn()]);
          await next.return?.();
          return done;
        },
      };
    },
  }),
  "lets a waiting read wait on after return()": reading(
    (iterator) => iterator.next(),
    () => Promise.resolve(done),
  ),
  "queues reads": (inner) => {
    let last: Promise<unknown> = Promise.resolve();
    return reading((iterator) => {
      const result = last.then(() => iterator.next());
      last = result.catch(ignore);
      return result;
    })(inner);
  },
  "lets a second read end the first": (inner) => {
    let waiting: AsyncIterator<Uint8Array, undefined> | undefined;
    return reading(async (iterator) => {
      const other = waiting;
      waiting = iterator;
      await other?.return?.();
      try {
        return await iterator.next();
      } finally {
        waiting = undefined;
      }
    })(inner);
  },
  "stays busy": (inner) => {
    let failure: unknown;
    return reading(async (iterator) => {
      if (failure !== undefined) throw failure;
      try {
        return await iterator.next();
      } catch (error) {
        failure = error;
        throw error;
      }
    })(inner);
  },
  "waits for ever when read after the end": (inner) => {
    let ended = false;
    return reading(async (iterator) => {
      if (ended) return never;
      const result = await iterator.next();
      ended = result.done === true;
      return result;
    })(inner);
  },
  "never tells of the peer's end": reading(async (iterator) => {
    const result = await iterator.next();
    return result.done === true ? never : result;
  }),
};
