#!/usr/bin/env node
import { createReadStream } from "node:fs";

import { createApp } from "@netloom/app-kit";

import { count } from "./count.ts";

const app = createApp({
  name: "netloom-__name__",
  version: new URL("../package.json", import.meta.url),
  summary: { en: "Counts the lines and bytes of a file.", zh: "统计文件的行数和字节数。" },
  examples: [
    {
      command: "netloom-__name__ count notes.txt",
      does: { en: "lines and bytes of a file", zh: "文件的行数和字节数" },
    },
  ],
});

app.program
  .command("count")
  .description(app.t({ en: "count the lines and bytes of a file", zh: "统计文件的行数和字节数" }))
  .argument("<file>", app.t({ en: "the file to read", zh: "要读的文件" }))
  .action(async (file) => {
    const counts = await count(createReadStream(file));
    app.output.result(
      { file, ...counts },
      app.t({
        en: `${file}: ${counts.lines} lines, ${counts.bytes} bytes`,
        zh: `${file}:${counts.lines} 行,${counts.bytes} 字节`,
      }),
    );
  });

await app.main();
