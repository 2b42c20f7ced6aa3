import { AppError } from "@netloom/app-kit";
import type { Text } from "@netloom/app-kit";
import { compile, RegexError } from "@netloom/regex";
import type { Pattern } from "@netloom/regex";

import { patternHints } from "./pattern-hints.ts";
import { reasonText } from "./reason-text.ts";

/** Stands in a pattern before the place where it is bad. */
const MARK = "▸";

/**
 * Compiles what a user typed.
 *
 * @throws AppError with status 2, one line with the place marked, and what was probably meant
 */
export function compileTyped(pattern: string, flags: string): Pattern {
  try {
    return compile(pattern, flags);
  } catch (error) {
    throw patternError(error, patternHints(pattern));
  }
}

/** An error of `@netloom/regex` as the user is told it; any other error as it is. */
export function patternError(error: unknown, hints: readonly Text[] = []): unknown {
  if (!(error instanceof RegexError)) return error;
  const what = WHAT[error.code] ?? { en: "", zh: "" };
  const reason = reasonText(error.reason);
  const place = placeOf(error);
  const join = (own: string, language: "en" | "zh"): string =>
    [own, ...hints.map((hint) => hint[language])].join(language === "en" ? "; " : "；");
  return new AppError(
    {
      en: join(`${what.en}${reason.en}${place.en}`, "en"),
      zh: join(`${what.zh}${reason.zh}${place.zh}`, "zh"),
    },
    { code: "ERR_APP_USAGE" },
  );
}

const WHAT: Readonly<Record<string, Text>> = {
  ERR_REGEX_SYNTAX: { en: "bad pattern: ", zh: "模式有误：" },
  ERR_REGEX_TEMPLATE: { en: "bad replacement: ", zh: "替换文本有误：" },
  ERR_REGEX_FLAGS: { en: "bad flags: ", zh: "标志有误：" },
};

function placeOf({ pattern, position }: RegexError): Text {
  if (pattern === undefined || position === undefined) return { en: "", zh: "" };
  const characters = [...pattern];
  const marked = [...characters.slice(0, position), MARK, ...characters.slice(position)].join("");
  return { en: ` at position ${position}: ${marked}`, zh: `，位置 ${position}：${marked}` };
}
