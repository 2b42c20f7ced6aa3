// Where a text stops being JSON (RFC 8259). Engines word their errors differently and leave the position
// out when the text is short. Used only after JSON.parse has failed.

const literals = ["true", "false", "null"] as const;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The index of the first code unit that cannot stand where it does; the length when the text ends early. */
export function findJsonFault(text: string): number {
  let at = 0;

  function space(): void {
    while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++;
  }

  function take(char: string): boolean {
    if (text[at] !== char) return false;
    at++;
    return true;
  }

  function match(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  }

  function string(): boolean {
    if (!take('"')) return false;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === "\\") {
        if (!match(escape)) return false;
      } else if (text.charCodeAt(at) < 0x20) {
        return false;
      } else {
        at++;
      }
    }
    return take('"');
  }

  function list(close: string, item: () => boolean): boolean {
    at++;
    space();
    if (take(close)) return true;
    do {
      if (!item()) return false;
      space();
    } while (take(","));
    return take(close);
  }

  function member(): boolean {
    space();
    if (!string()) return false;
    space();
    return take(":") && value();
  }

  function value(): boolean {
    space();
    if (text[at] === "{") return list("}", member);
    if (text[at] === "[") return list("]", value);
    if (text[at] === '"') return string();
    const literal = literals.find((word) => text.startsWith(word, at));
    if (literal === undefined) return match(number);
    at += literal.length;
    return true;
  }

  if (value()) space();
  return at;
}
