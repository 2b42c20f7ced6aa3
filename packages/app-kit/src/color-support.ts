/** What decides whether a stream takes colours. */
export interface ColorQuestion {
  /** `--no-color` was given. */
  readonly refused: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Whether to write colours: the option first, then `NO_COLOR` (any value that is not empty, as
 * https://no-color.org has it), then `FORCE_COLOR` (on unless `0` or `false`), and without either
 * a terminal that is not `dumb`.
 */
export function takesColors({ refused, env, isTerminal }: ColorQuestion): boolean {
  if (refused || env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}
