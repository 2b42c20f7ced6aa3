import { Option } from "@netloom/app-kit";
import type { Translate } from "@netloom/app-kit";

/** The description of the pattern argument. */
export function patternArgument(t: Translate): string {
  return t({ en: "the pattern, in Python's syntax", zh: "Python 语法的模式" });
}

/** The description of the texts. */
export function textsArgument(t: Translate): string {
  return t({
    en: "the texts; without any, each line of the files or of standard input",
    zh: "文本；不给出时处理文件或标准输入的每一行",
  });
}

/** `--flags`. */
export function flagsOption(t: Translate): Option<"--flags <letters>"> {
  return new Option(
    "--flags <letters>",
    t({
      en: "a: ASCII only, i: any case, m: ^ and $ at every line, s: dot takes line feeds, x: spaces and comments",
      zh: "a：仅 ASCII，i：不区分大小写，m：^ 和 $ 匹配每一行，s：点号匹配换行，x：允许空格和注释",
    }),
  );
}

/** `--file`, which may stand there several times. */
export function fileOption(
  t: Translate,
): Option<"-f, --file <file>", undefined, string[], string[]> {
  return new Option(
    "-f, --file <file>",
    t({
      en: "read this file line by line; may be given several times, - is standard input",
      zh: "逐行读取该文件；可多次给出，- 表示标准输入",
    }),
  )
    .argParser((file: string, before: string[]) => [...before, file])
    .default([] as string[]);
}
