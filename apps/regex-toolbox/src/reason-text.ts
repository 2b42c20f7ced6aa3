import type { Text } from "@netloom/app-kit";

/** A pattern of Python's words and what they say in Chinese; `$1` is what the first group matched. */
type Rule = readonly [words: RegExp, chinese: string];

const RULES: readonly Rule[] = [
  [/^missing \), unterminated subpattern$/u, "缺少 )，分组没有结束"],
  [/^missing \), unterminated comment$/u, "缺少 )，注释没有结束"],
  [/^missing (.), unterminated name$/u, "缺少 $1，名称没有结束"],
  [/^missing (group|character) name$/u, "缺少名称"],
  [/^missing (.+)$/u, "缺少 $1"],
  [/^unbalanced parenthesis$/u, "括号不配对"],
  [/^unterminated character set$/u, "字符集没有以 ] 结束"],
  [/^bad character range (.+)$/su, "字符范围 $1 的顺序不对"],
  [/^nothing to repeat$/u, "前面没有可重复的内容"],
  [/^multiple repeat$/u, "连续写了两个重复符号"],
  [/^min repeat greater than max repeat$/u, "重复的下限大于上限"],
  [/^the repetition number is too large$/u, "重复次数太大"],
  [/^bad escape \(end of pattern\)$/u, "结尾的反斜杠后面没有字符"],
  [/^bad escape (.+)$/su, "没有 $1 这种转义"],
  [/^incomplete escape (.+)$/su, "转义 $1 不完整"],
  [/^octal escape value (\S+) outside of range 0-0o377$/u, "八进制转义 $1 超出 0 到 0o377"],
  [/^bad character in group name (.+)$/su, "分组名 $1 含有不允许的字符"],
  [
    /^redefinition of group name (.+) as group (\d+); was group (\d+)$/su,
    "分组名 $1 重复：已是第 $3 组，又用于第 $2 组",
  ],
  [/^unknown group name (.+)$/su, "没有名为 $1 的分组"],
  [/^invalid group reference (\d+)$/u, "没有第 $1 组"],
  [/^bad group number$/u, "分组序号不对"],
  [/^cannot refer to an open group$/u, "不能引用尚未结束的分组"],
  [
    /^cannot refer to group defined in the same lookbehind subpattern$/u,
    "不能引用同一个后行断言中的分组",
  ],
  [/^look-behind requires fixed-width pattern$/u, "后行断言的长度必须固定"],
  [/^conditional backref with more than two branches$/u, "条件的分支多于两个"],
  [/^global flags not at the start of the expression$/u, "全局标志不在模式开头"],
  [/^unknown extension (.+)$/su, "没有 ($1 这种写法"],
  [/^unexpected end of pattern$/u, "模式不完整"],
  [/^unknown flag "(.+)": expected letters of aimsux$/su, "没有标志“$1”：应为 aimsux 中的字母"],
  [/^unknown flag$/u, "没有这个标志"],
  [/^bad inline flags: .*$/u, "内嵌标志的用法不对"],
  [/^cannot use LOCALE flag with a str pattern$/u, "标志 L 不能用于文本"],
  [/^ASCII and UNICODE flags are incompatible$/u, "标志 a 和 u 不能同时使用"],
  [/^groups nest more than (\d+) deep$/u, "分组嵌套超过 $1 层"],
  [/^too much for JavaScript's engine$/u, "超出 JavaScript 引擎的能力"],
  [
    /^not supported: a group that only some rounds of a repetition set$/u,
    "不支持：重复中只有部分轮次会设置的分组",
  ],
  [
    /^not supported: a repetition of what may be empty, with a group in it$/u,
    "不支持：可能为空、且含有分组的重复",
  ],
  [
    /^not supported: a repetition of what may be empty in preference to what is not$/u,
    "不支持：优先为空的重复",
  ],
  [
    /^not supported: a back-reference to group (\d+), which may be unset here$/u,
    "不支持：引用此处可能未设置的第 $1 组",
  ],
  [
    /^not supported: a condition on group (\d+), which may be set or not here$/u,
    "不支持：以此处可能设置也可能未设置的第 $1 组为条件",
  ],
  [
    /^not supported: a back-reference without regard to case in a text with (\S+)$/u,
    "不支持：在含有 $1 的文本中进行不区分大小写的反向引用",
  ],
  [/^not supported: (.+)$/su, "不支持：$1"],
];

/** The words of an error of `@netloom/regex` in both languages; unknown words stay as they are. */
export function reasonText(reason: string): Text {
  for (const [words, chinese] of RULES) {
    const found = words.exec(reason);
    if (found !== null) {
      return {
        en: reason,
        zh: chinese.replace(/\$(\d)/gu, (_, group) => found[Number(group)] ?? ""),
      };
    }
  }
  return { en: reason, zh: reason };
}
