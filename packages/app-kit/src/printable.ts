// C0 and C1 controls, the line and paragraph separators, what changes the direction of text
// (https://trojansource.codes), and halves of surrogate pairs.
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Makes text that others chose (a peer's message, a file's name) safe to print as part of one
 * line: what would move the cursor, colour or clear the terminal, break the line or turn the
 * direction of text is replaced by its escape, such as `\x1b`, `\n` or `\u202e`. Everything else,
 * letters of any script and emoji included, stays as it is.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return (
      SHORT[character] ??
      (code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`)
    );
  });
}
