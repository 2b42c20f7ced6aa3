export { clamp } from "./clamp.ts";
export { BoundsError } from "./errors.ts";
export type { RangeErrorCode } from "./errors.ts";
