import type { Argument, CommandUnknownOpts, Help, Option } from "@commander-js/extra-typings";
import { styleText } from "node:util";
import { displayWidth } from "./display-width.ts";
import type { Text, Translate } from "./language.ts";
import { wrapText } from "./wrap-text.ts";

const HEADINGS: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Global Options:": "通用选项：",
  "Commands:": "命令：",
};

/** What `--help` does. */
export const HELP_OPTION: Text = { en: "show this help", zh: "显示帮助" };

/** commander's help in the user's language, aligned whatever the script, global options included. */
export function helpConfiguration(t: Translate): Partial<Help> {
  return {
    showGlobalOptions: true,
    displayWidth,
    boxWrap: wrapText,
    // commander removes the style again where colours are not wanted.
    styleTitle: (title) =>
      styleText("bold", t({ en: title, zh: HEADINGS[title] ?? title }), { validateStream: false }),
    optionDescription: (option: Option) => {
      // A command that was added ready-made has commander's own help option.
      if (option.description === "display help for command") return t(HELP_OPTION);
      return withNotes(option, option.required || option.optional, option.envVar, t);
    },
    argumentDescription: (argument: Argument) => withNotes(argument, true, undefined, t),
  };
}

/** What options and arguments have in common. */
interface Described {
  readonly description: string;
  readonly argChoices?: readonly string[] | undefined;
  readonly defaultValue?: unknown;
  readonly defaultValueDescription?: string | undefined;
}

function withNotes(
  { description, argChoices, defaultValue, defaultValueDescription }: Described,
  takesValue: boolean,
  envVar: string | undefined,
  t: Translate,
): string {
  const notes: string[] = [];
  if (argChoices !== undefined) {
    notes.push(`${t({ en: "choices", zh: "可选" })}: ${argChoices.join(", ")}`);
  }
  const empty = Array.isArray(defaultValue) && defaultValue.length === 0;
  if (takesValue && defaultValue !== undefined && !empty) {
    const value =
      defaultValueDescription ??
      (typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue));
    notes.push(`${t({ en: "default", zh: "默认" })}: ${value}`);
  }
  if (envVar !== undefined) notes.push(`${t({ en: "environment", zh: "环境变量" })}: ${envVar}`);
  return [description, ...(notes.length > 0 ? [`(${notes.join("; ")})`] : [])].join(" ").trim();
}

/** Examples and exit statuses, for the end of the help of the whole app. */
export function helpEnding(
  examples: readonly { readonly command: string; readonly does: Text }[],
  statuses: Readonly<Record<number, Text>>,
  t: Translate,
): string {
  const sections: string[] = [];
  if (examples.length > 0) {
    sections.push(
      [
        t({ en: "Examples:", zh: "示例：" }),
        ...examples.flatMap(({ command, does }) => [`  # ${t(does)}`, `  ${command}`]),
      ].join("\n"),
    );
  }
  const listed = Object.entries(statuses);
  if (listed.length > 0) {
    const width = Math.max(...listed.map(([status]) => status.length));
    sections.push(
      [
        t({ en: "Exit status:", zh: "退出状态：" }),
        ...listed.map(([status, meaning]) => `  ${status.padEnd(width)}  ${t(meaning)}`),
      ].join("\n"),
    );
  }
  return sections.length === 0 ? "" : `\n${sections.join("\n\n")}`;
}

/** The commands that a user can name below `command`. */
export function commandNames(command: CommandUnknownOpts): readonly string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((visible) => visible.name());
}
