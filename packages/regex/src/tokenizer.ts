import { RegexError } from "./errors.ts";
import type { RegexErrorCode } from "./errors.ts";
import { isIdentifier, pythonRepr } from "./python-text.ts";

/** The number of code points of a text. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/**
 * Reads a pattern or a replacement template one character, or one backslash with the character
 * after it, at a time. The names and the arithmetic of positions are those of CPython's
 * `re._parser.Tokenizer`, so that positions of errors come out the same.
 */
export class Tokenizer {
  readonly text: string;
  readonly #code: RegexErrorCode;
  readonly #characters: readonly string[];
  #index = 0;
  /** The token that `get` returns next; undefined at the end. */
  next: string | undefined;

  constructor(text: string, code: RegexErrorCode) {
    this.text = text;
    this.#code = code;
    this.#characters = [...text];
    this.#advance();
  }

  #advance(): void {
    let index = this.#index;
    let token = this.#characters[index];
    if (token === "\\") {
      index++;
      const escaped = this.#characters[index];
      if (escaped === undefined) {
        throw this.errorAt("bad escape (end of pattern)", this.#characters.length - 1);
      }
      token += escaped;
    }
    if (token !== undefined) this.#index = index + 1;
    this.next = token;
  }

  /** Takes the token if it is `token`. */
  match(token: string): boolean {
    if (token !== this.next) return false;
    this.#advance();
    return true;
  }

  get(): string | undefined {
    const token = this.next;
    this.#advance();
    return token;
  }

  /** Takes up to `limit` tokens that are single characters of `characters`. */
  getWhile(limit: number, characters: string): string {
    let result = "";
    for (let i = 0; i < limit; i++) {
      const token = this.next;
      if (token?.length !== 1 || !characters.includes(token)) break;
      result += token;
      this.#advance();
    }
    return result;
  }

  /** Takes everything up to `terminator`, and that too; `what` names it in errors. */
  getUntil(terminator: string, what: string): string {
    let result = "";
    for (;;) {
      const token = this.next;
      this.#advance();
      if (token === undefined) {
        if (result === "") throw this.error(`missing ${what}`);
        throw this.error(`missing ${terminator}, unterminated name`, lengthOf(result));
      }
      if (token === terminator) {
        if (result === "") throw this.error(`missing ${what}`, 1);
        return result;
      }
      result += token;
    }
  }

  /** The position of `next`, in code points. */
  tell(): number {
    return this.#index - (this.next === undefined ? 0 : lengthOf(this.next));
  }

  seek(position: number): void {
    this.#index = position;
    this.#advance();
  }

  /** An error that points `offset` code points back. */
  error(reason: string, offset = 0): RegexError {
    return this.errorAt(reason, this.tell() - offset);
  }

  errorAt(reason: string, position: number | undefined): RegexError {
    return new RegexError(this.#code, reason, { pattern: this.text, position });
  }

  /** Refuses what is no Python identifier. */
  checkGroupName(name: string, offset: number): void {
    if (isIdentifier(name)) return;
    const reason = `bad character in group name ${pythonRepr(name)}`;
    throw this.error(reason, lengthOf(name) + offset);
  }
}
