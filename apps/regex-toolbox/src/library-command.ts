import { AppError, formatTable } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";

import { libraryMatcher, libraryNames, libraryPattern, testLibraryPattern } from "./library.ts";
import type { LibraryPattern } from "./library.ts";
import { shown } from "./match-view.ts";
import { patternError } from "./pattern-error.ts";

/** Adds `library`: ready patterns to list, to read, and to try. */
export function addLibraryCommand(app: App): void {
  const { program, t } = app;
  program
    .command("library")
    .description(
      t({
        en: "list the ready patterns, show one, try one on texts or on its own corpus",
        zh: "列出现成的模式，查看其中一个，或用文本或自带的语料测试",
      }),
    )
    .argument("[name]", t({ en: "the pattern to show or try", zh: "要查看或测试的模式" }))
    .argument("[text...]", t({ en: "texts to try it on", zh: "用来测试的文本" }))
    .option("--test", t({ en: "try it on its corpus files", zh: "用自带的语料文件测试" }))
    .action((name, texts, { test }) => {
      if (name === undefined) {
        if (test) for (const each of libraryNames()) testOne(app, find(each));
        else list(app);
        return;
      }
      const entry = find(name);
      if (texts.length > 0) tryOn(app, entry, texts);
      else if (test) testOne(app, entry);
      else show(app, entry);
    });
}

function find(name: string): LibraryPattern {
  const entry = libraryPattern(name);
  if (entry !== undefined) return entry;
  const names = libraryNames();
  throw new AppError(
    {
      en: `no such pattern: "${name}", expected one of: ${names.join(", ")}`,
      zh: `没有这个模式：“${name}”，应为其中之一：${names.join("、")}`,
    },
    { code: "ERR_APP_USAGE" },
  );
}

function list({ output, t }: App): void {
  const entries = libraryNames().map(find);
  if (output.json) {
    for (const entry of entries) output.result({ type: "pattern", ...entry }, "");
    return;
  }
  const columns = [
    { title: t({ en: "name", zh: "名称" }) },
    { title: t({ en: "what", zh: "用途" }) },
  ];
  const rows = entries.map(({ name, title }) => [name, t(title)]);
  output.result(undefined, formatTable(columns, rows));
}

function show({ output, t }: App, entry: LibraryPattern): void {
  const { name, title, pattern, flags, method, note } = entry;
  const how =
    method === "search"
      ? t({ en: "search", zh: "search（在文本中查找）" })
      : t({ en: "fullmatch", zh: "fullmatch（匹配整个文本）" });
  output.result({ type: "pattern", ...entry }, () =>
    [
      `${name}: ${t(title)}`,
      pattern,
      `${t({ en: "flags", zh: "标志" })}: ${flags === "" ? "-" : flags}, ${how}`,
      t(note),
    ].join("\n"),
  );
}

function tryOn({ output, t }: App, entry: LibraryPattern, texts: readonly string[]): void {
  const matches = libraryMatcher(entry);
  let refused = 0;
  for (const text of texts) {
    const matched = attempt(() => matches(text));
    if (!matched) refused++;
    output.result({ type: "try", name: entry.name, text, matched }, () => {
      const verdict = matched ? t({ en: "yes", zh: "是" }) : t({ en: "no", zh: "否" });
      return `${output.style(matched ? "green" : "red", verdict)}  ${shown(text)}`;
    });
  }
  if (refused > 0) process.exitCode = 1;
}

function testOne({ output, t }: App, entry: LibraryPattern): void {
  const lines = attempt(() => testLibraryPattern(entry));
  const bad = lines.filter(({ must, matched }) => must !== matched);
  const must = lines.filter((line) => line.must).length;
  const mustNot = lines.length - must;
  const { name } = entry;
  output.result({ type: "test", name, must, mustNot, bad }, () =>
    [
      t({
        en: `${name}: ${must} must match, ${mustNot} must not, ${bad.length} wrong`,
        zh: `${name}：应匹配 ${must} 行，不应匹配 ${mustNot} 行，错误 ${bad.length} 行`,
      }),
      ...bad.map((line) => `  ${shown(line.text)}`),
    ].join("\n"),
  );
  if (bad.length > 0) process.exitCode = 1;
}

function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw patternError(error);
  }
}
