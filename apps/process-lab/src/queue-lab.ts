import { formatBytes, printable } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";
import { Queue } from "@netloom/concurrency/processes";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import type * as jobs from "./jobs.ts";
import type { Page, QueueEvent } from "./jobs.ts";
import { runLab } from "./lab.ts";
import type { Lab } from "./lab.ts";

/** Pages that may wait between the two processes. */
const CAPACITY = 2;

/** Adds `netloom-process-lab queue`. */
export function addQueueLab(app: App): void {
  app.program
    .command("queue")
    .description(
      app.t({
        en: "one process downloads, another analyses, a queue between them",
        zh: "一个进程下载，另一个分析，中间是队列",
      }),
    )
    .argument(
      "[files...]",
      app.t({
        en: "text files to serve and download; default: the lab's own program",
        zh: "要提供并下载的文本文件；默认是本实验自己的程序",
      }),
    )
    .action((files) => runLab(app, (lab) => queueLab(lab, files.length > 0 ? files : ownFiles())));
}

async function queueLab(lab: Lab, files: readonly string[]): Promise<void> {
  const texts = files.map((file) => readFileSync(file));
  const server = await serve(texts);
  try {
    const { port } = server.address() as AddressInfo;
    const places = files.map((file, index) => ({
      name: basename(file),
      url: `http://127.0.0.1:${port}/${index}`,
    }));
    const pages = new Queue<Page>({ capacity: CAPACITY });
    const events = new Queue<QueueEvent>();
    const analyser = lab.start<typeof jobs.analyse>("analyse", [pages, events]);
    const downloader = lab.start<typeof jobs.download>("download", [places, pages, events]);
    lab.say(
      {
        type: "started",
        url: `http://127.0.0.1:${port}/`,
        downloader: downloader.pid,
        analyser: analyser.pid,
        capacity: CAPACITY,
      },
      {
        en: `process ${downloader.pid} downloads ${files.length} texts from http://127.0.0.1:${port}/, process ${analyser.pid} analyses them; the queue between them holds ${CAPACITY}`,
        zh: `进程 ${downloader.pid} 从 http://127.0.0.1:${port}/ 下载 ${files.length} 个文本，进程 ${analyser.pid} 分析；中间的队列可存 ${CAPACITY} 个`,
      },
    );
    // A process that fails would leave the other one waiting: its error ends the lab.
    const results = Promise.all([downloader.join(lab.limits), analyser.join(lab.limits)]);
    results.catch(() => events.close());
    let words = 0;
    for await (const event of events) {
      if (event.type === "analysed") words += event.words;
      tell(lab, event);
    }
    await results;
    await pages.join(lab.limits);
    lab.say(
      { type: "summary", texts: files.length, words, left: pages.size },
      {
        en: `all ${files.length} texts are analysed: ${words} words. The downloader closed the queue, so the analyser's loop ended; neither had to guess.`,
        zh: `${files.length} 个文本全部分析完毕：共 ${words} 个词。下载方关闭了队列，分析方的循环随之结束；谁也不必猜测。`,
      },
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function tell(lab: Lab, event: QueueEvent): void {
  const name = printable(event.name);
  if (event.type === "downloaded") {
    lab.say(event, {
      en: `  ${event.pid} downloaded ${name}: ${formatBytes(event.bytes)}`,
      zh: `  ${event.pid} 已下载 ${name}：${formatBytes(event.bytes)}`,
    });
    return;
  }
  const longest = printable(event.longest);
  lab.say(event, {
    en: `  ${event.pid} analysed   ${name}: ${event.lines} lines, ${event.words} words, longest “${longest}”`,
    zh: `  ${event.pid} 已分析 ${name}：${event.lines} 行，${event.words} 个词，最长为“${longest}”`,
  });
}

/** Serves the texts by their numbers, on this machine alone. */
async function serve(texts: readonly Uint8Array[]): Promise<Server> {
  const server = createServer((request, response) => {
    const text = texts[Number(/^\/(\d{1,9})$/.exec(request.url ?? "")?.[1] ?? -1)];
    response.statusCode = text === undefined ? 404 : 200;
    response.setHeader("content-type", "text/plain; charset=utf-8").end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function ownFiles(): string[] {
  const folder = new URL("./", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith("-lab.js"))
    .toSorted()
    .map((name) => fileURLToPath(new URL(name, folder)));
}
