import { setImmediate as turn } from "node:timers/promises";
import { TestingError } from "@netloom/testing";
import {
  broken,
  closed,
  done,
  ignore,
  insteadOf,
  never,
  reading,
  type Mutation,
} from "./mutation.ts";

/** Mistakes with half-close, close and destroy. */
export const endingMutations: Readonly<Record<string, Mutation>> = {
  "ends both sides with end()": (inner) => ({ end: () => inner.close() }),
  "ends its own side with the peer's": (inner) =>
    reading(async (iterator) => {
      const result = await iterator.next();
      if (result.done === true) await inner.end();
      return result;
    })(inner),
  "does not wait in end()": (inner) => ({
    end: () => {
      inner.end().catch(ignore);
      return Promise.resolve();
    },
  }),
  "drops the writes in line at end()": (inner) => {
    const line = new Set<AbortController>();
    return {
      write: async (bytes) => {
        const controller = new AbortController();
        line.add(controller);
        await inner.write(bytes, { signal: controller.signal });
        line.delete(controller);
      },
      end: () => {
        for (const controller of line) controller.abort();
        return inner.end();
      },
    };
  },
  "rejects a second end() or close()": (inner) => {
    let calls = 0;
    const once = (call: () => Promise<void>) => (): Promise<void> =>
      ++calls > 1 ? Promise.reject(new TestingError(closed, "already")) : call();
    return { end: once(() => inner.end()), close: once(() => inner.close()) };
  },
  "takes writes after its end": insteadOf(closed, () => Promise.resolve(), ["write"]),
  "destroys itself on a write after its end": (inner) =>
    insteadOf(closed, async () => inner.destroy(), ["write"])(inner),
  "has no codes": (inner) => {
    const strip = async <T>(promise: Promise<T>): Promise<T> => {
      try {
        return await promise;
      } catch (error) {
        throw new Error("something is wrong", { cause: error });
      }
    };
    return {
      write: (bytes, options) => strip(inner.write(bytes, options)),
      end: () => strip(inner.end()),
      ...reading((iterator) => strip(iterator.next()))(inner),
    };
  },
  "resolves close() early": (inner) => ({
    close: () => {
      void inner.close();
      return Promise.resolve();
    },
  }),
  "drops what was written at close()": (inner) => ({
    close: () => {
      inner.destroy();
      return Promise.resolve();
    },
  }),
  "waits in close() for the peer's end": (inner) => ({
    close: async () => {
      await inner.end().catch(ignore);
      for await (const _ of inner);
      await inner.close();
    },
  }),
  "never resolves close()": (inner) => ({
    close: async () => {
      await inner.close();
      return never;
    },
  }),
  "rejects close() when broken": (inner) => ({
    close: async () => {
      await inner.end();
      await inner.close();
    },
  }),
  "rejects close() when destroyed": (inner) => {
    let destroyed = false;
    return {
      close: async () => {
        await inner.close();
        if (destroyed) throw new TestingError(closed, "destroyed");
      },
      destroy: (reason) => {
        destroyed = true;
        inner.destroy(reason);
      },
    };
  },
  "only ends its own side at close()": (inner) => ({ close: () => inner.end().catch(ignore) }),
  "destroys on disposal": (inner) => ({
    [Symbol.asyncDispose]: () => {
      inner.destroy();
      return Promise.resolve();
    },
  }),
  "leaves waiting calls waiting when closed": insteadOf(closed, () => never, [
    "read",
    "write",
    "end",
  ]),
  "leaves waiting calls waiting when broken": insteadOf(broken, () => never, [
    "read",
    "write",
    "end",
  ]),
  "ends its reading when closed": insteadOf(closed, () => Promise.resolve(done), ["read"]),
  "ends its reading when broken": insteadOf(broken, () => Promise.resolve(done), ["read"]),
  "takes writes when broken": insteadOf(broken, () => Promise.resolve(), ["write"]),
  "resolves end() when broken or closed": (inner) => ({ end: () => inner.end().catch(ignore) }),
  "ends its reading after it has thrown that it broke": (inner) => {
    let thrown = false;
    return reading(async (iterator) => {
      if (thrown) return done;
      try {
        return await iterator.next();
      } catch (error) {
        thrown = true;
        throw error;
      }
    })(inner);
  },
  "ends cleanly at destroy()": (inner) => ({ destroy: () => void inner.close() }),
  "does nothing at destroy()": () => ({ destroy: ignore }),
  "keeps the last reason": (inner) => {
    let last: Error | undefined;
    const renew = async <T>(promise: Promise<T>): Promise<T> => {
      try {
        return await promise;
      } catch (error) {
        if (!(error instanceof TestingError)) throw error;
        throw new TestingError(error.code, error.message, { cause: last });
      }
    };
    return {
      destroy: (reason) => {
        last = reason;
        inner.destroy(reason);
      },
      write: (bytes, options) => renew(inner.write(bytes, options)),
      end: () => renew(inner.end()),
      ...reading((iterator) => renew(iterator.next()))(inner),
    };
  },
  "throws at a second destroy()": (inner) => {
    let destroyed = false;
    return {
      destroy: (reason) => {
        if (destroyed) throw new Error("already destroyed");
        destroyed = true;
        inner.destroy(reason);
      },
    };
  },
  "still gives out what had arrived when destroyed": (inner) => {
    const chunks: Uint8Array[] = [];
    return {
      close: async () => {
        const iterator = inner[Symbol.asyncIterator]();
        const read = await Promise.race([iterator.next(), turn()]);
        if (read?.value !== undefined) chunks.push(read.value);
        await iterator.return?.();
        await inner.close();
      },
      destroy: (reason) => {
        chunks.push(new Uint8Array(1));
        inner.destroy(reason);
      },
      ...reading(async (iterator) => {
        const value = chunks.shift();
        if (value !== undefined) return { done: false, value };
        const result = await iterator.next().catch(() => done);
        return result;
      })(inner),
    };
  },
};
