import type { Text } from "@netloom/app-kit";

/** What people write for syntax when their keyboard is in Chinese, and what they mean. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  "（": "(",
  "）": ")",
  "？": "?",
  "［": "[",
  "］": "]",
  "【": "[",
  "】": "]",
  "｛": "{",
  "｝": "}",
  "＊": "*",
  "＋": "+",
  "．": ".",
  "｜": "|",
  "＾": "^",
  "＄": "$",
  "＼": "\\",
};

/** A mistake that can be seen in a pattern as it is written. */
interface Mistake {
  readonly form: RegExp;
  readonly text: (found: string, position: number, pattern: string) => Text;
}

const MISTAKES: readonly Mistake[] = [
  {
    form: /[（）？［］【】｛｝＊＋．｜＾＄＼]/u,
    text: (_, position, pattern) => {
      const all = [...new Set(pattern.match(/[（）？［］【】｛｝＊＋．｜＾＄＼]/gu))];
      const wide = all.join("");
      const narrow = all.map((character) => FULL_WIDTH[character] ?? character).join("");
      return {
        en: `"${wide}" is full-width (the first at position ${position}) and stands for itself; was "${narrow}" meant?`,
        zh: `“${wide}”是全角字符（第一个在位置 ${position}），只代表其本身；是否应为半角的“${narrow}”？`,
      };
    },
  },
  {
    form: /\(\?<(?![=!])/u,
    text: () => ({
      en: "Python names a group (?P<name>…), with a P",
      zh: "Python 的命名分组写作 (?P<name>…)，要有 P",
    }),
  },
  {
    form: /\\k[<{']|\(\?P>/u,
    text: () => ({
      en: "Python refers to a named group by (?P=name)",
      zh: "Python 用 (?P=name) 引用命名分组",
    }),
  },
  {
    form: /(?<!\\)(?:\\\\)*\\z/u,
    text: () => ({ en: "the end of the text is \\Z", zh: "文本结尾写作 \\Z" }),
  },
  {
    form: /(?<!\\)(?:\\\\)*\\[pP][{A-Z]/u,
    text: () => ({
      en: "Python has no \\p{…}: \\w, \\d and \\s know all scripts",
      zh: "Python 没有 \\p{…}：\\w、\\d、\\s 已支持所有文字",
    }),
  },
  {
    form: /\[\[:[a-z]+:\]/u,
    text: (found) => ({
      en: `Python has no ${found}]: write \\w, \\d, \\s or ranges`,
      zh: `Python 没有 ${found}]：请用 \\w、\\d、\\s 或范围`,
    }),
  },
];

/**
 * The mistakes that are often made and that this pattern seems to have. They are guesses: a pattern
 * may mean what it says.
 */
export function patternHints(pattern: string): Text[] {
  return MISTAKES.flatMap(({ form, text }) => {
    const found = form.exec(pattern);
    if (found === null) return [];
    const before = pattern.slice(0, found.index);
    // In characters, as Python counts.
    return [text(found[0], Array.from(before).length, pattern)];
  });
}

/** The mistakes that are often made in a replacement. */
export function replacementHints(replacement: string): Text[] {
  if (!/\$(?:\d|&|\{\w+\}|<\w+>)/u.test(replacement)) return [];
  return [
    {
      en: "in a replacement a group is \\1 or \\g<name>; $ stands for itself",
      zh: "替换文本中的分组写作 \\1 或 \\g<name>；$ 只代表其本身",
    },
  ];
}
