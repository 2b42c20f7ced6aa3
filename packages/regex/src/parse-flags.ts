import { INLINE_FLAGS, LOCALE, TEMPLATE, TYPE_FLAGS } from "./flags.ts";
import type { FlagBits } from "./flags.ts";
import { lengthOf } from "./tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Inline flags: for the whole pattern (`(?i)`), or for a group (`(?i-m:…)`). */
export interface InlineFlags {
  readonly global: boolean;
  readonly added: FlagBits;
  readonly removed: FlagBits;
}

/** Parses inline flags from their first letter or hyphen, which is read already, to `:` or `)`. */
export function parseFlags(source: Tokenizer, first: string): InlineFlags {
  let added = 0;
  let removed = 0;
  let letter = first;
  if (letter !== "-") {
    do {
      const flag = INLINE_FLAGS.get(letter) ?? 0;
      if (flag === LOCALE) {
        throw source.error("bad inline flags: cannot use 'L' flag with a str pattern");
      }
      added |= flag;
      if (flag & TYPE_FLAGS && (added & TYPE_FLAGS) !== flag) {
        throw source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
      }
      letter = nextLetter(source, ")-:", "missing -, : or )");
    } while (!")-:".includes(letter));
  }
  if (letter === ")") return { global: true, added, removed };
  if (added & TEMPLATE) {
    throw source.error("bad inline flags: cannot turn on global flag", 1);
  }
  if (letter === "-") {
    letter = nextLetter(source, "", "missing flag");
    do {
      const flag = INLINE_FLAGS.get(letter) ?? 0;
      if (flag & TYPE_FLAGS) {
        throw source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      }
      removed |= flag;
      letter = nextLetter(source, ":", "missing :");
    } while (letter !== ":");
  }
  if (removed & TEMPLATE) {
    throw source.error("bad inline flags: cannot turn off global flag", 1);
  }
  if (added & removed) throw source.error("bad inline flags: flag turned on and off", 1);
  return { global: false, added, removed };
}

/** Takes a flag or one of the characters that may end the flags here. */
function nextLetter(source: Tokenizer, ends: string, missing: string): string {
  const letter = source.get();
  if (letter === undefined) throw source.error(missing);
  if (INLINE_FLAGS.has(letter) || (letter.length === 1 && ends.includes(letter))) return letter;
  const reason = /^\p{L}/u.test(letter) ? "unknown flag" : missing;
  throw source.error(reason, lengthOf(letter));
}
