import { AppError, createApp, formatBytes, formatTable, parseBytes } from "@netloom/app-kit";
import { stat } from "node:fs/promises";

const app = createApp({
  name: "sizes",
  version: "1.0.0",
  summary: { en: "Tells how large files are", zh: "显示文件大小" },
  examples: [
    {
      command: "sizes list *.txt --limit 10MB",
      does: { en: "refuse more than 10 MB", zh: "超过 10 MB 时报错" },
    },
  ],
});
const { output, t } = app;

app.program
  .command("list")
  .description(t({ en: "list the sizes of files", zh: "列出文件大小" }))
  .argument("<files...>", t({ en: "the files", zh: "文件" }))
  .option("--limit <bytes>", t({ en: "fail above this total", zh: "总大小上限" }), parseBytes)
  .action(async (files, { limit = Infinity }) => {
    const sizes: { name: string; bytes: number }[] = [];
    for (const name of files) sizes.push({ name, bytes: (await stat(name)).size });
    output.result(sizes, () =>
      formatTable(
        [
          { title: t({ en: "file", zh: "文件" }) },
          { title: t({ en: "size", zh: "大小" }), align: "right" },
        ],
        sizes.map(({ name, bytes }) => [name, formatBytes(bytes)]),
      ),
    );
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > limit) {
      throw new AppError({
        en: `the files have ${formatBytes(total)}, more than ${formatBytes(limit)}`,
        zh: `文件共 ${formatBytes(total)}，超过 ${formatBytes(limit)}`,
      });
    }
  });

await app.main();
