import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { AppError } from "./errors.ts";
import type { Text } from "./language.ts";

/** What options and arguments have in common. */
interface Parsed {
  parseArg?: (<T>(value: string, previous: T) => T) | undefined;
  readonly argChoices?: readonly string[] | undefined;
}

/**
 * Makes the parsers of a command's options and arguments say which of them was given a bad value,
 * what was got and what was expected, in both languages. (commander puts its own English sentence
 * around the message, and has no place for a second language.)
 */
export function nameBadValues(command: CommandUnknownOpts, onError: () => void): void {
  for (const option of command.options) nameBadValue(option, option.flags, onError);
  for (const argument of command.registeredArguments) {
    nameBadValue(argument, `<${argument.name()}>`, onError);
  }
}

function nameBadValue(parsed: Parsed, name: string, onError: () => void): void {
  const parse = parsed.parseArg;
  if (parse === undefined) return;
  parsed.parseArg = (value, previous) => {
    try {
      return parse.call(parsed, value, previous) as typeof previous;
    } catch (error) {
      onError();
      const text = expectation(error, value, parsed.argChoices);
      if (text === undefined) throw error;
      throw new AppError(
        { en: `${name}: ${text.en}`, zh: `${name}：${text.zh}` },
        { code: "ERR_APP_USAGE" },
      );
    }
  };
}

function expectation(
  error: unknown,
  value: string,
  choices: readonly string[] | undefined,
): Text | undefined {
  if (error instanceof AppError) return error.code === "ERR_APP_USAGE" ? error.text : undefined;
  // commander's own mark for "the value is bad", whichever copy of commander made the error.
  if (!(error instanceof Error && "code" in error && error.code === "commander.invalidArgument")) {
    return undefined;
  }
  const got = JSON.stringify(value);
  if (choices === undefined) {
    return { en: `got ${got}: ${error.message}`, zh: `得到 ${got}：${error.message}` };
  }
  return {
    en: `got ${got}, expected one of: ${choices.join(", ")}`,
    zh: `得到 ${got}，应为其中之一：${choices.join("、")}`,
  };
}
