import { RegexError } from "./errors.ts";
import type { Subject } from "./subject.ts";
import type { Translation } from "./translate.ts";

/** One match as the engine found it; positions in UTF-16 units of the subject. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** The texts of the groups by their numbers in the translation; undefined where unset. */
  readonly texts: readonly (string | undefined)[];
  /** Where the groups are, found when first asked for. */
  spans(): Spans;
}

type Spans = readonly (readonly [number, number] | undefined)[];

/** How a match must lie. */
type Placement = "anywhere" | "here" | "here-to-end";

/** Runs a translated pattern: the only place that touches RegExp. */
export class Matcher {
  readonly #translation: Translation;
  readonly #pattern: string;
  readonly #compiled = new Map<string, RegExp>();

  /** @throws RegexError `ERR_REGEX_LIMIT` when the engine refuses the translation */
  constructor(translation: Translation, pattern: string) {
    this.#translation = translation;
    this.#pattern = pattern;
    this.#regExp("", "g");
  }

  /**
   * Refuses a text in which the translation would mean something else.
   *
   * @throws RegexError `ERR_REGEX_UNSUPPORTED`
   */
  check(text: string): void {
    const [letter] = this.#translation.exotic?.exec(text) ?? [];
    if (letter === undefined) return;
    const point = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? "";
    const reason = `not supported: a back-reference without regard to case in a text with U+${point}`;
    throw new RegexError("ERR_REGEX_UNSUPPORTED", reason, { pattern: this.#pattern });
  }

  /** The match at `start` or, for `anywhere`, the first one from there on; in `text` as a whole. */
  find(text: string, start: number, placement: Placement): Found | undefined {
    const tail = placement === "here-to-end" ? "$" : "";
    const flags = placement === "anywhere" ? "g" : "y";
    return this.#find(text, start, tail, flags, 0);
  }

  /**
   * All matches from `start` on as Python's scanner finds them: behind an empty match one that is not
   * empty is looked for at the same place first.
   */
  *findAll(subject: Subject, text: string, start: number): Generator<Found> {
    let at = start;
    let afterEmpty = false;
    while (at <= text.length) {
      let found: Found | undefined = afterEmpty ? this.#findNonEmpty(subject, text, at) : undefined;
      if (found === undefined) {
        if (afterEmpty) at = subject.after(at);
        if (at > text.length) return;
        found = this.find(text, at, "anywhere");
        if (found === undefined) return;
      }
      yield found;
      afterEmpty = found.start === found.end;
      at = found.end;
    }
  }

  /** The match at `start` that takes at least one character. */
  #findNonEmpty(subject: Subject, text: string, start: number): Found | undefined {
    // "Not at the start" is said by a look-behind that counts the characters before it. To keep that
    // count small, all that the pattern cannot see is cut off.
    const { reach } = this.#translation;
    const from = subject.before(start, reach);
    let count = 0;
    for (let unit = from; unit < start; unit = subject.after(unit)) count++;
    return this.#find(text.slice(from), start - from, `(?<!^[^]{${count}})`, "y", from);
  }

  #find(
    text: string,
    start: number,
    tail: string,
    flags: "g" | "y",
    offset: number,
  ): Found | undefined {
    const regExp = this.#regExp(tail, flags);
    const result = this.#run(regExp, text, start);
    if (result === null) return undefined;
    const at = result.index;
    let spans: Spans | undefined;
    return {
      start: at + offset,
      end: at + offset + result[0].length,
      texts: result,
      spans: () => (spans ??= this.#spans(tail, text, at, offset)),
    };
  }

  #spans(tail: string, text: string, at: number, offset: number): Spans {
    const { indices = [] } = this.#run(this.#regExp(tail, "dy"), text, at) ?? {};
    // A group that is unset has no indices, which the type of them does not say.
    return (indices as ([number, number] | undefined)[]).map(
      (span) => span && [span[0] + offset, span[1] + offset],
    );
  }

  #run(regExp: RegExp, text: string, start: number): RegExpExecArray | null {
    regExp.lastIndex = start;
    try {
      return regExp.exec(text);
    } catch (error) {
      throw this.#tooMuch(error);
    }
  }

  #regExp(tail: string, flags: string): RegExp {
    const key = flags + tail;
    let regExp = this.#compiled.get(key);
    if (regExp === undefined) {
      try {
        regExp = new RegExp(this.#source(tail, flags), this.#translation.flags + flags);
      } catch (error) {
        throw this.#tooMuch(error);
      }
      this.#compiled.set(key, regExp);
    }
    return regExp;
  }

  #source(tail: string, flags: string): string {
    const { source, mayBeEmpty } = this.#translation;
    // V8 looks for what may be empty between the halves of a pair, too. No character starts there.
    const head = mayBeEmpty && flags === "g" ? "(?=[^]|$)" : "";
    return head === "" && tail === "" ? source : `${head}(?:${source})${tail}`;
  }

  #tooMuch(cause: unknown): RegexError {
    return new RegexError("ERR_REGEX_LIMIT", "too much for JavaScript's engine", {
      pattern: this.#pattern,
      cause,
    });
  }
}
