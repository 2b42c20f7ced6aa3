// What CPython's re.escape has in its table.
const SPECIAL = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g;

/**
 * The text with a backslash before every character that means something in a pattern, as Python's
 * `re.escape`: a pattern that matches the text itself.
 *
 * @example
 * escape("a.b"); // "a\\.b"
 */
export function escape(text: string): string {
  return text.replace(SPECIAL, "\\$&");
}
