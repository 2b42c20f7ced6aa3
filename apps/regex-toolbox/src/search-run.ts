import type { App, Text } from "@netloom/app-kit";
import type { Pattern } from "@netloom/regex";

import { inputs } from "./inputs.ts";
import type { Input } from "./inputs.ts";
import { compileTyped, patternError } from "./pattern-error.ts";
import { patternHints } from "./pattern-hints.ts";

/** What every command on texts gets from its command line. */
export interface SearchSettings {
  readonly pattern: string;
  readonly flags: string;
  readonly texts: readonly string[];
  readonly files: readonly string[];
  /** Further mistakes that the command line seems to have. Default none. */
  readonly hints?: readonly Text[] | undefined;
}

/**
 * Runs a command on one text or line after the other. The exit status is grep's: 0 when something
 * matched, 1 when nothing did, and then what was probably meant is said; 2 when something is wrong.
 *
 * @param handle - deals with one text, and says how many matches it had
 */
export async function runSearch(
  { output, t }: App,
  { pattern, flags, texts, files, hints = [] }: SearchSettings,
  handle: (pattern: Pattern, input: Input) => number,
): Promise<void> {
  const compiled = compileTyped(pattern, flags);
  let lines = 0;
  let matched = 0;
  let matches = 0;
  for await (const input of inputs(texts, files)) {
    let count: number;
    try {
      count = handle(compiled, input);
    } catch (error) {
      throw patternError(error);
    }
    lines++;
    matches += count;
    if (count > 0) matched++;
  }
  if (output.json) output.result({ type: "summary", texts: lines, matched, matches }, "");
  for (const hint of [...hints, ...(matches === 0 ? patternHints(pattern) : [])]) {
    output.note(t({ en: `note: ${hint.en}`, zh: `提示：${hint.zh}` }));
  }
  process.exitCode = matches > 0 ? 0 : 1;
}
