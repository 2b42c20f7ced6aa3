import { integerBetween } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";
import type { Match, Pattern } from "@netloom/regex";

import { matchRow, matchText, originText, shown } from "./match-view.ts";
import { replacementHints } from "./pattern-hints.ts";
import { printLine } from "./print-line.ts";
import { fileOption, flagsOption, patternArgument, textsArgument } from "./search-options.ts";
import { runSearch } from "./search-run.ts";

/** Adds `match` and `search`: one match of each text. */
export function addMatchCommands(app: App): void {
  const { program, t } = app;
  program
    .command("match")
    .description(t({ en: "match at the start of each text", zh: "在每个文本的开头匹配" }))
    .argument("<pattern>", patternArgument(t))
    .argument("[text...]", textsArgument(t))
    .option("--full", t({ en: "match the whole text", zh: "匹配整个文本" }))
    .addOption(flagsOption(t))
    .addOption(fileOption(t))
    .action((pattern, texts, { flags = "", file: files, full }) =>
      runOne(app, { pattern, flags, texts, files }, (compiled, text) =>
        full ? compiled.fullmatch(text) : compiled.match(text),
      ),
    );
  program
    .command("search")
    .description(t({ en: "find the first match in each text", zh: "在每个文本中查找第一个匹配" }))
    .argument("<pattern>", patternArgument(t))
    .argument("[text...]", textsArgument(t))
    .addOption(flagsOption(t))
    .addOption(fileOption(t))
    .action((pattern, texts, { flags = "", file: files }) =>
      runOne(app, { pattern, flags, texts, files }, (compiled, text) => compiled.search(text)),
    );
}

function runOne(
  app: App,
  settings: Parameters<typeof runSearch>[1],
  find: (pattern: Pattern, text: string) => Match | null,
): Promise<void> {
  return runSearch(app, settings, (pattern, input) => {
    const match = find(pattern, input.text);
    if (match === null) return 0;
    app.output.result(matchRow(match, input), () => originText(input) + matchText(match));
    return 1;
  });
}

/** Adds `findall`: every match of each text. */
export function addFindAllCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("findall")
    .description(
      t({
        en: "print all matches, one a line; groups, if there are any, with tabs between them",
        zh: "输出所有匹配，每行一个；有分组时输出各分组，以制表符分隔",
      }),
    )
    .argument("<pattern>", patternArgument(t))
    .argument("[text...]", textsArgument(t))
    .addOption(flagsOption(t))
    .addOption(fileOption(t))
    .action((pattern, texts, { flags = "", file: files }) =>
      runSearch(app, { pattern, flags, texts, files }, (compiled, input) => {
        let count = 0;
        for (const match of compiled.finditer(input.text)) {
          count++;
          printLine(output, matchRow(match, input), () => {
            const parts = compiled.groups === 0 ? [match.group()] : match.groups("");
            const file = files.length > 1 ? `${input.file ?? "-"}: ` : "";
            return shown(file + parts.join("\t"));
          });
        }
        return count;
      }),
    );
}

/** Adds `sub`: each text with its matches replaced. */
export function addSubCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("sub")
    .description(t({ en: "replace the matches in each text", zh: "替换每个文本中的匹配" }))
    .argument("<pattern>", patternArgument(t))
    .argument(
      "<replacement>",
      t({
        en: "what to put there; \\1 or \\g<name> is a group",
        zh: "替换成的文本；\\1 或 \\g<name> 表示分组",
      }),
    )
    .argument("[text...]", textsArgument(t))
    .option("--count <n>", t({ en: "at most n in each text", zh: "每个文本最多 n 处" }), atLeastOne)
    .addOption(flagsOption(t))
    .addOption(fileOption(t))
    .action((pattern, replacement, texts, { flags = "", file: files, count: limit = 0 }) => {
      const hints = replacementHints(replacement);
      return runSearch(app, { pattern, flags, texts, files, hints }, (compiled, input) => {
        const [text, count] = compiled.subn(replacement, input.text, { count: limit });
        const { file, line } = input;
        printLine(output, { type: "sub", file, line, text, count }, () => shown(text));
        return count;
      });
    });
}

/** Adds `split`: the parts of each text between matches. */
export function addSplitCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("split")
    .description(
      t({
        en: "print the parts of each text between matches, with tabs between them",
        zh: "输出每个文本被匹配分开的各部分，以制表符分隔",
      }),
    )
    .argument("<pattern>", patternArgument(t))
    .argument("[text...]", textsArgument(t))
    .option(
      "--maxsplit <n>",
      t({ en: "at most n cuts in each text", zh: "每个文本最多分 n 次" }),
      atLeastOne,
    )
    .addOption(flagsOption(t))
    .addOption(fileOption(t))
    .action((pattern, texts, { flags = "", file: files, maxsplit = 0 }) =>
      runSearch(app, { pattern, flags, texts, files }, (compiled, input) => {
        const parts = compiled.split(input.text, { maxsplit });
        const { file, line } = input;
        printLine(output, { type: "split", file, line, parts }, () =>
          shown(parts.map((part) => part ?? "").join("\t")),
        );
        // Each cut adds a part and what the groups matched.
        return (parts.length - 1) / (compiled.groups + 1);
      }),
    );
}

const atLeastOne = integerBetween(1, Number.MAX_SAFE_INTEGER);
