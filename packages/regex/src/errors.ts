/**
 * What went wrong; stable.
 *
 * The pattern's or the template's fault:
 * - `ERR_REGEX_SYNTAX`: Python refuses the pattern too; `reason` and `position` are Python's.
 * - `ERR_REGEX_TEMPLATE`: Python refuses the replacement template; `position` counts in the template.
 * - `ERR_REGEX_FLAGS`: flags that do not exist, or not together.
 * - `ERR_REGEX_UNSUPPORTED`: Python takes the pattern, but JavaScript's engine cannot give Python's
 *   result for it; `reason` names the construct and `position` says where it stands.
 * - `ERR_REGEX_LIMIT`: nested too deep, or the pattern or the text is too much for the engine (its
 *   stack is full); `cause` is what the engine said.
 *
 * The caller's fault:
 * - `ERR_REGEX_GROUP`: a match has no such group.
 * - `ERR_REGEX_OPTION`: an argument or an option outside its bounds.
 */
export type RegexErrorCode =
  | "ERR_REGEX_SYNTAX"
  | "ERR_REGEX_TEMPLATE"
  | "ERR_REGEX_FLAGS"
  | "ERR_REGEX_UNSUPPORTED"
  | "ERR_REGEX_LIMIT"
  | "ERR_REGEX_GROUP"
  | "ERR_REGEX_OPTION";

/** Where a {@link RegexError} points to. */
export interface RegexErrorPlace {
  /** The pattern or template. */
  readonly pattern?: string | undefined;
  /** Where in it, in code points from 0. */
  readonly position?: number | undefined;
  /** What the engine threw. */
  readonly cause?: unknown;
}

/**
 * Every error of this package.
 *
 * @example
 * try {
 *   compile("(a");
 * } catch (error) {
 *   if (error instanceof RegexError) console.log(error.message, error.position);
 *   // missing ), unterminated subpattern at position 0 0
 * }
 */
export class RegexError extends Error {
  override readonly name = "RegexError";
  readonly code: RegexErrorCode;
  /** What is wrong, without the place; for a syntax error Python's `msg`, word for word. */
  readonly reason: string;
  /** The pattern, or the template for `ERR_REGEX_TEMPLATE`. */
  readonly pattern: string | undefined;
  /** Where in `pattern`, in code points from 0; undefined where Python gives none (`pos`). */
  readonly position: number | undefined;
  /** The line of `position`, from 1 (Python's `lineno`). */
  readonly line: number | undefined;
  /** The column of `position` in its line, in code points from 1 (Python's `colno`). */
  readonly column: number | undefined;

  constructor(code: RegexErrorCode, reason: string, place: RegexErrorPlace = {}) {
    const { pattern, position, cause } = place;
    const [line, column] = lineAndColumn(pattern, position);
    let message = reason;
    if (position !== undefined) {
      message += ` at position ${position}`;
      if (pattern?.includes("\n") === true) message += ` (line ${line}, column ${column})`;
    }
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reason = reason;
    this.pattern = pattern;
    this.position = position;
    this.line = line;
    this.column = column;
  }
}

function lineAndColumn(
  pattern: string | undefined,
  position: number | undefined,
): [number, number] | [] {
  if (pattern === undefined || position === undefined) return [];
  const before = [...pattern].slice(0, position);
  const line = before.filter((character) => character === "\n").length + 1;
  return [line, position - before.lastIndexOf("\n")];
}
