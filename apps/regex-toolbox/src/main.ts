#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addLibraryCommand } from "./library-command.ts";
import {
  addFindAllCommand,
  addMatchCommands,
  addSplitCommand,
  addSubCommand,
} from "./search-commands.ts";

const app = createApp({
  name: "netloom-regex-toolbox",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "Python's regular expressions on texts, files and standard input.",
    zh: "在文本、文件和标准输入上使用 Python 的正则表达式。",
  },
  examples: [
    {
      command: String.raw`netloom-regex-toolbox search '(?P<year>\d{4})-(?P<month>\d\d)' 'on 2026-11-30'`,
      does: { en: "the first match and its groups", zh: "第一个匹配及其分组" },
    },
    {
      command: String.raw`netloom-regex-toolbox findall '\w+@\w+\.com' --file letters.txt`,
      does: { en: "all matches in a file", zh: "文件中的所有匹配" },
    },
    {
      command: String.raw`cat notes.txt | netloom-regex-toolbox sub '(\w+) \1' '\1'`,
      does: { en: "replace, line by line", zh: "逐行替换" },
    },
    {
      command: "netloom-regex-toolbox library ipv4 10.0.0.1 10.0.0.256",
      does: { en: "try a ready pattern", zh: "测试现成的模式" },
    },
  ],
  statuses: {
    0: {
      en: "something matched, was replaced or cut; all texts fit the library's pattern",
      zh: "有匹配、替换或分割；所有文本都符合库中的模式",
    },
    1: { en: "nothing did; a text does not fit", zh: "没有；有文本不符合" },
    2: {
      en: "wrong arguments, a bad pattern, an input that cannot be read",
      zh: "参数错误、模式有误、输入无法读取",
    },
  },
});

addMatchCommands(app);
addFindAllCommand(app);
addSubCommand(app);
addSplitCommand(app);
addLibraryCommand(app);

await app.main();
