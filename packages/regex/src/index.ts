export {
  compile,
  findall,
  finditer,
  fullmatch,
  match,
  search,
  split,
  sub,
  subn,
} from "./compile.ts";
export type { FlagOptions } from "./compile.ts";
export { RegexError } from "./errors.ts";
export type { RegexErrorCode, RegexErrorPlace } from "./errors.ts";
export { escape } from "./escape.ts";
export type { Match } from "./match.ts";
export type { GroupKey } from "./match.ts";
export type { Pattern } from "./pattern.ts";
export type { Replacement, SearchOptions, SplitOptions, SubOptions } from "./pattern.ts";
