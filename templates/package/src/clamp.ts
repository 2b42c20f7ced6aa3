import { BoundsError } from "./errors.ts";

/**
 * The number of a range, bounds included, that is nearest to a value.
 *
 * @throws BoundsError `ERR_RANGE_BOUNDS` when `low` is not at most `high`, or one of them is NaN
 * @example
 * import { clamp } from "@netloom/__name__";
 * console.log(clamp(12, 0, 10)); // 10
 */
export function clamp(value: number, low: number, high: number): number {
  if (!(low <= high)) {
    throw new BoundsError("ERR_RANGE_BOUNDS", `low must be at most high, got ${low} and ${high}`);
  }
  return Math.min(Math.max(value, low), high);
}
