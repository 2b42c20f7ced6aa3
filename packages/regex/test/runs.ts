import { configureGlobal } from "fast-check";
import { vi } from "vitest";

const long = Boolean(process.env["NETLOOM_LONG"]);
if (long) vi.setConfig({ testTimeout: 1_800_000 });

// fast-check prints the seed of a case that fails; this repeats it.
const given = process.env["NETLOOM_SEED"];
if (given) configureGlobal({ seed: Number(given) });

/** The seed of what fast-check does not make: another one each time only in long runs. */
export const seed: number = given ? Number(given) : long ? Date.now() : 1;

/** How many random cases a property is tried with. */
export const runs: number = long ? 20_000 : 1_000;
