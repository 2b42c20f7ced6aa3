import { isAbsolute, relative } from "node:path";

import { formatBytes, formatDuration, integerBetween, Option, printable } from "@netloom/app-kit";
import type { App, Progress, Text } from "@netloom/app-kit";

import { defaultHost, defaultPort, defaultTimeoutMs } from "./client.ts";
import { explained, parseHost, parseTimeout } from "./explained.ts";
import { getFile } from "./get-file.ts";
import type { TransferredFile } from "./get-file.ts";
import { listFolder } from "./list-folder.ts";
import type { FileEntry } from "./protocol.ts";
import { putFile } from "./put-file.ts";
import type { OnProgress } from "./send-file.ts";

/** Adds `list`, `get` and `put`. */
export function addClientCommands(app: App): void {
  addListCommand(app);
  addGetCommand(app);
  addPutCommand(app);
}

function addListCommand(app: App): void {
  const { output, t } = app;
  clientCommand(app, "list", { en: "show the files of a server", zh: "显示服务器上的文件" }).action(
    async ({ host, port, timeout: timeoutMs }) => {
      const { signal } = app;
      const listing = await explained(() => listFolder({ host, port, timeoutMs, signal }));
      const { entries, complete, skipped } = listing;
      for (const entry of entries) output.result({ type: "file", ...entry }, () => lineOf(entry));
      const total = entries.reduce((sum, { size }) => sum + size, 0);
      const count = entries.length;
      output.result({ type: "listed", count, bytes: total, complete, skipped }, () =>
        t({
          en: `${count} ${count === 1 ? "file" : "files"}, ${formatBytes(total)}${skipped > 0 ? `; ${skipped} left out` : ""}${complete ? "" : "; there are more"}`,
          zh: `${count} 个文件，共 ${formatBytes(total)}${skipped > 0 ? `；略去 ${skipped} 个` : ""}${complete ? "" : "；还有更多"}`,
        }),
      );
    },
  );
}

function addGetCommand(app: App): void {
  const { t } = app;
  clientCommand(app, "get", { en: "fetch a file", zh: "下载一个文件" })
    .argument("<name>", t({ en: "its name, as list shows it", zh: "list 所显示的文件名" }))
    .option(
      "-o, --output <file>",
      t({
        en: "where to save it; by default under its own name here",
        zh: "保存位置；默认用原名存到当前文件夹",
      }),
    )
    .option("--force", t({ en: "replace a file that is there", zh: "替换已有的文件" }))
    .action(async (name, { host, port, timeout: timeoutMs, output, force: overwrite }) => {
      const { signal } = app;
      const got = await moved(app, name, (onProgress) =>
        getFile({ name, output, overwrite, host, port, timeoutMs, signal, onProgress }),
      );
      const place = shortPath(got.file);
      report(app, "got", got, { en: `saved ${place}`, zh: `已保存 ${place}` });
    });
}

function addPutCommand(app: App): void {
  const { t } = app;
  clientCommand(app, "put", { en: "send a file", zh: "上传一个文件" })
    .argument("<file>", t({ en: "the file to send", zh: "要上传的文件" }))
    .option(
      "--as <name>",
      t({ en: "its name on the server; by default its own", zh: "在服务器上的名称；默认用原名" }),
    )
    .action(async (file, { host, port, timeout: timeoutMs, as: name }) => {
      const { signal } = app;
      const put = await moved(app, name ?? file, (onProgress) =>
        putFile({ file, name, host, port, timeoutMs, signal, onProgress }),
      );
      report(app, "put", put, {
        en: `the server keeps ${put.name}`,
        zh: `服务器已保存 ${put.name}`,
      });
    });
}

/** What the commands of a client have in common. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- commander infers it
function clientCommand({ program, t }: App, name: string, description: Text) {
  return program
    .command(name)
    .description(t(description))
    .option(
      "--host <host>",
      t({ en: "name or address of the server", zh: "服务器的名称或地址" }),
      parseHost,
      defaultHost,
    )
    .option(
      "--port <port>",
      t({ en: "port of the server", zh: "服务器的端口" }),
      integerBetween(1, 65_535),
      defaultPort,
    )
    .addOption(
      new Option(
        "--timeout <time>",
        t({ en: "give up when nothing moves", zh: "多久没有进展就放弃" }),
      )
        .argParser(parseTimeout)
        .default(defaultTimeoutMs, "30s"),
    );
}

/** A file that was moved, and how long that took. */
interface Moved extends TransferredFile {
  readonly ms: number;
}

/** Moves a file under a progress bar, which appears when the server has accepted. */
async function moved(
  app: App,
  label: string,
  move: (onProgress: OnProgress) => Promise<TransferredFile>,
): Promise<Moved> {
  const started = performance.now();
  let progress: Progress | undefined;
  try {
    const file = await explained(() =>
      move((done, total) => {
        progress ??= app.progress({ label, total, unit: "bytes" });
        progress.update(done);
      }),
    );
    return { ...file, ms: Math.round(performance.now() - started) };
  } finally {
    progress?.end();
  }
}

function report({ output, t }: App, type: "got" | "put", moved: Moved, what: Text): void {
  output.result(
    { type, ...moved },
    () =>
      printable(`${t(what)}: ${formatBytes(moved.size)}, ${formatDuration(moved.ms)}`) +
      `\nsha256 ${moved.sha256}`,
  );
}

/** The path as people would type it here: relative where the file is in this folder. */
function shortPath(file: string): string {
  const short = relative("", file);
  return short.startsWith("..") || isAbsolute(short) ? file : short;
}

/** `    1.5 KiB  2026-11-21 12:30  notes/today.txt`: the name last, where its width does no harm. */
function lineOf({ name, size, mtimeMs }: FileEntry): string {
  const time = new Date(mtimeMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return `${formatBytes(size).padStart(10)}  ${date} ${clock}  ${printable(name)}`;
}
