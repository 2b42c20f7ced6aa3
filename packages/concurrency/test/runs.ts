/** How many random runs of one property; `NETLOOM_LONG=1` for the long check. */
export const runs: number = process.env["NETLOOM_LONG"] ? 50_000 : 1_000;

/** The longest that one property may take, in milliseconds. */
export const runsTimeoutMs: number = process.env["NETLOOM_LONG"] ? 1_800_000 : 60_000;
