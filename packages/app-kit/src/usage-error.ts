import type { CommanderError } from "@commander-js/extra-typings";
import type { Text } from "./language.ts";

/** A pattern of commander's English message, and the text we say in its place. */
type Rule = readonly [pattern: RegExp, text: (...parts: string[]) => Text];

// commander hands over only its finished message. A message that is not known here (a newer
// commander) is shown as it is, so nothing is lost but the translation.
const RULES: Readonly<Record<string, Rule>> = {
  "commander.missingArgument": [
    /missing required argument '([^]*)'$/,
    (name) => ({ en: `missing argument <${name}>`, zh: `缺少参数 <${name}>` }),
  ],
  "commander.optionMissingArgument": [
    /option '([^]*)' argument missing$/,
    (flags) => ({ en: `option ${flags} needs a value`, zh: `选项 ${flags} 需要一个值` }),
  ],
  "commander.missingMandatoryOptionValue": [
    /required option '([^]*)' not specified$/,
    (flags) => ({ en: `missing option ${flags}`, zh: `缺少选项 ${flags}` }),
  ],
  "commander.unknownOption": [
    /unknown option '([^]*?)'(?:\n\(Did you mean (?:one of )?([^]*)\?\))?$/,
    (flag, near) => ({
      en: `unknown option ${flag}${near === "" ? "" : `, did you mean ${near}?`}`,
      zh: `未知选项 ${flag}${near === "" ? "" : `，是不是 ${near}？`}`,
    }),
  ],
  "commander.unknownCommand": [
    /unknown command '([^]*?)'(?:\n\(Did you mean (?:one of )?([^]*)\?\))?$/,
    (name, near, commands) => ({
      en: `unknown command ${JSON.stringify(name)}, ${near === "" ? `expected one of: ${commands}` : `did you mean ${near}?`}`,
      zh: `未知命令 ${JSON.stringify(name)}，${near === "" ? `应为其中之一：${commands}` : `是不是 ${near}？`}`,
    }),
  ],
  "commander.excessArguments": [
    /Expected (\d+) arguments? but got (\d+)\.$/,
    (expected, got) => ({
      en: `too many arguments: got ${got}, expected ${expected}`,
      zh: `参数过多：得到 ${got} 个，应为 ${expected} 个`,
    }),
  ],
  "commander.conflictingOption": [
    /(?:option|environment variable) '([^]*)' cannot be used with (?:option|environment variable) '([^]*)'$/,
    (one, other) => ({
      en: `${one} cannot be used together with ${other}`,
      zh: `${one} 不能与 ${other} 同时使用`,
    }),
  ],
};

/**
 * What commander found wrong with the arguments, in both languages.
 *
 * @param commands - the names that an unknown command could have been
 */
export function usageText(error: CommanderError, commands: readonly string[]): Text {
  const rule = RULES[error.code];
  const match = rule?.[0].exec(error.message);
  if (rule !== undefined && match) {
    const [, first = "", second = ""] = match;
    return rule[1](first, second, commands.join(", "));
  }
  const message = error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  return { en: message, zh: message };
}
