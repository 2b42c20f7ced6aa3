export { count } from "./count.ts";
export type { Counts } from "./count.ts";
