import { Argument, Command, Option } from "@commander-js/extra-typings";
import { readFileSync } from "node:fs";
import type { AppOptions } from "./app.ts";
import { COMPLETE_COMMAND, completionScript, SHELLS } from "./completion-script.ts";
import { HELP_OPTION, helpEnding } from "./help.ts";
import type { Language, Translate } from "./language.ts";

/** The options that every app has, at any place of its command line. */
export type GlobalOptions = {
  json?: true;
  lang?: Language;
  color: boolean;
};

/** A program for the shell's completion, and for `main` to put below the app's own commands. */
export function createProgram(options: AppOptions, t: Translate): Command<[], GlobalOptions> {
  const { name, version, summary, examples = [], statuses = {} } = options;
  // The name stands in the completion scripts, where anything else would need quoting.
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new RangeError(`name must be lower-case letters, digits and hyphens, got "${name}"`);
  }
  return new Command(name)
    .description(t(summary))
    .option("--json", t({ en: "print results as lines of JSON", zh: "以 JSON 行输出结果" }))
    .addOption(
      new Option(
        "--lang <language>",
        t({ en: "language of all texts", zh: "所有文字的语言" }),
      ).choices(["en", "zh"] as const),
    )
    .option("--no-color", t({ en: "print without colours", zh: "输出不带颜色" }))
    .version(
      typeof version === "string" ? version : readVersion(version),
      "-V, --version",
      t({ en: "print the version", zh: "显示版本" }),
    )
    .helpOption("-h, --help", t(HELP_OPTION))
    .helpCommand(
      "help [command]",
      t({ en: "show the help of a command", zh: "显示某个命令的帮助" }),
    )
    .addHelpText("after", helpEnding(examples, statuses, t));
}

/** Adds the commands that every app has, after its own. */
export function addStandardCommands(program: Command<[], GlobalOptions>, t: Translate): void {
  const completion = completionCommand(program.name(), t).copyInheritedSettings(program);
  if (program.commands.length > 0) {
    program
      .helpCommand(
        "help [command]",
        t({ en: "show the help of a command", zh: "显示某个命令的帮助" }),
      )
      .addCommand(completion);
    return;
  }
  // An app without commands of its own: its first word is an argument, and `help` may be a file.
  const usage = program.usage();
  program.helpCommand(false).addCommand(completion, { hidden: true }).usage(usage);
}

function completionCommand(name: string, t: Translate): Command<[(typeof SHELLS)[number]]> {
  return new Command("completion")
    .description(
      t({ en: "print the script for completion at the Tab key", zh: "输出用于 Tab 补全的脚本" }),
    )
    .addArgument(new Argument("<shell>", t({ en: "your shell", zh: "你的 shell" })).choices(SHELLS))
    .addHelpText(
      "after",
      [
        `\n${t({ en: "To switch it on, add the line for your shell to its start-up file:", zh: "要启用，请把对应的一行加入 shell 的启动文件：" })}`,
        `  ~/.bashrc                   source <(${name} completion bash)`,
        `  ~/.zshrc                    source <(${name} completion zsh)`,
        `  ~/.config/fish/config.fish  ${name} completion fish | source`,
      ].join("\n"),
    )
    .action((shell) => {
      process.stdout.write(completionScript(shell, name));
    });
}

/** Whether the shell asks for completion, in place of a user who asks for work. */
export function isCompletionRequest(argv: readonly string[]): boolean {
  return argv[0] === COMPLETE_COMMAND;
}

function readVersion(manifest: URL): string {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
  if (typeof version !== "string") throw new TypeError(`${manifest.href} has no version`);
  return version;
}
