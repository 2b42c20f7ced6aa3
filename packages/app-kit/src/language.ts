import { optionValue } from "./early-options.ts";

/** The languages that every text for people exists in: English and Chinese (simplified). */
export type Language = "en" | "zh";

/** One text in every {@link Language}. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Picks the text in the user's language. `app.t` is one. */
export type Translate = (text: Text) => string;

/**
 * Finds the user's language before the program is built, so that help texts can be written in it.
 *
 * The first of these that names one of our languages decides: `--lang` in `argv` (up to `--`),
 * `NETLOOM_LANG`, then the locale as POSIX orders it: the first of `LC_ALL`, `LC_MESSAGES` and
 * `LANG` that is not empty. Where no locale variable is set at all (Windows), the system's own
 * locale is asked. English is what remains.
 */
export function detectLanguage(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  return (
    languageOf(optionValue(argv, "--lang")) ??
    languageOf(env["NETLOOM_LANG"]) ??
    fromLocale(env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"])
  );
}

function languageOf(value: string | undefined): Language | undefined {
  return value === "en" || value === "zh" ? value : undefined;
}

function fromLocale(locale: string | undefined): Language {
  const name = locale || new Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh(?![a-z])/i.test(name) ? "zh" : "en";
}
