import type { ByteStream, WaitOptions } from "@netloom/framing";
import { TestingError } from "@netloom/testing";

/** What a mistaken implementation does otherwise than the correct stream that it stands on. */
export type Mutation = (inner: ByteStream) => Partial<ByteStream>;

type Result = IteratorResult<Uint8Array, undefined>;

/** A stream that is `inner` but for the mutation. */
export function mutated(inner: ByteStream, mutation: Mutation): ByteStream {
  return {
    [Symbol.asyncIterator]: () => inner[Symbol.asyncIterator](),
    write: (bytes, options) => inner.write(bytes, options),
    end: () => inner.end(),
    close: () => inner.close(),
    destroy: (reason) => inner.destroy(reason),
    [Symbol.asyncDispose]: () => inner.close(),
    ...mutation(inner),
  };
}

export const never = new Promise<never>(() => {});
export const done: Result = { done: true, value: undefined };
export const ignore = (): void => {};

/** Changes what `next` and `return` of the stream's iterators do. */
export function reading(
  next: (inner: AsyncIterator<Uint8Array, undefined>) => Promise<Result>,
  back: (inner: AsyncIterator<Uint8Array, undefined>) => Promise<Result> = async (inner) =>
    (await inner.return?.()) ?? done,
): Mutation {
  return (inner) => ({
    [Symbol.asyncIterator]: () => {
      const iterator = inner[Symbol.asyncIterator]();
      return { next: () => next(iterator), return: () => back(iterator) };
    },
  });
}

/** Calls that reject with this code do something else instead. */
export function insteadOf(
  code: string,
  what: () => Promise<unknown>,
  which: readonly ("read" | "write" | "end")[],
): Mutation {
  const replace = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      return await promise;
    } catch (error) {
      if (error instanceof TestingError && error.code === code) return (await what()) as T;
      throw error;
    }
  };
  return (inner) => ({
    ...(which.includes("read") && reading((iterator) => replace(iterator.next()))(inner)),
    ...(which.includes("write") && {
      write: (bytes: Uint8Array, options?: WaitOptions) => replace(inner.write(bytes, options)),
    }),
    ...(which.includes("end") && { end: () => replace(inner.end()) }),
  });
}

/** The codes of `memoryPair`. */
export const closed = "ERR_TESTING_CLOSED";
export const broken = "ERR_TESTING_BROKEN";
