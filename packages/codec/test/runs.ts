import { configureGlobal } from "fast-check";
import { vi } from "vitest";

const long = Boolean(process.env["NETLOOM_LONG"]);
if (long) vi.setConfig({ testTimeout: 1_800_000 });

// fast-check prints the seed of a case that fails; this repeats it.
const seed = process.env["NETLOOM_SEED"];
if (seed) configureGlobal({ seed: Number(seed) });

/** How many random cases a property is tried with. */
export const runs: number = long ? 100_000 : 1_000;
