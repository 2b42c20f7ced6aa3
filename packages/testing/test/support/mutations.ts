import type { Mutation } from "./mutation.ts";
import { endingMutations } from "./mutations-ending.ts";
import { readingMutations } from "./mutations-reading.ts";
import { waitingMutations } from "./mutations-waiting.ts";

/** Mistakes that implementations of streams really make. */
export const mutations: Readonly<Record<string, Mutation>> = {
  ...readingMutations,
  ...endingMutations,
  ...waitingMutations,
};
