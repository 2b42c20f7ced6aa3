import {
  formatBytes,
  formatDuration,
  Option,
  parseBytes,
  parsePort,
  printable,
} from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { defaultHost, defaultPort, defaultTimeoutMs } from "./client.ts";
import { explained, parseHost, parseTimeout, usage } from "./explained.ts";
import { defaultMaxUploadBytes, serveFolder } from "./serve-folder.ts";
import type { FolderServer, ServeFolderOptions, TransferEvent } from "./serve-folder.ts";

/** Adds `serve`. */
export function addServeCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("serve")
    .description(t({ en: "share a folder until stopped", zh: "共享一个文件夹，直到被停止" }))
    .argument("<folder>", t({ en: "the folder to share", zh: "要共享的文件夹" }))
    .option(
      "--host <address>",
      t({
        en: "address to listen on; 0.0.0.0 lets the network in",
        zh: "监听的地址；0.0.0.0 对网络开放",
      }),
      parseHost,
      defaultHost,
    )
    .option(
      "--port <port>",
      t({ en: "port to listen on; 0 takes a free one", zh: "监听的端口；0 表示任取空闲端口" }),
      parsePort,
      defaultPort,
    )
    .option("--allow-upload", t({ en: "take files, too", zh: "也接受上传" }))
    .option(
      "--allow-overwrite",
      t({
        en: "let uploads replace files; needs --allow-upload",
        zh: "允许上传替换已有文件；需要 --allow-upload",
      }),
    )
    .addOption(
      new Option(
        "--max-upload-bytes <bytes>",
        t({ en: "largest upload", zh: "单个上传的最大字节数" }),
      )
        .argParser(parseBytes)
        .default(defaultMaxUploadBytes, "1GiB"),
    )
    .addOption(
      new Option(
        "--timeout <time>",
        t({ en: "drop a client that does not move", zh: "多久没有进展就断开客户端" }),
      )
        .argParser(parseTimeout)
        .default(defaultTimeoutMs, "30s"),
    )
    .action(async (folder, { timeout: timeoutMs, ...options }) => {
      if (options.allowOverwrite === true && options.allowUpload !== true) {
        throw usage({
          en: "--allow-overwrite needs --allow-upload",
          zh: "--allow-overwrite 需要 --allow-upload",
        });
      }
      // Read before anything listens: a signal that comes meanwhile is then heard.
      const stopped = app.untilStopped();
      const onEvent = (event: TransferEvent): void => {
        const { error, ...rest } = event;
        const plain =
          error === undefined ? rest : { ...rest, code: error.code, message: t(error.text) };
        output.result(plain, () => printable(t(eventText(event))));
      };
      await explained(async () => {
        await using server = await serveFolder({ folder, timeoutMs, ...options, onEvent });
        const { host, port } = server;
        const allowUpload = options.allowUpload === true;
        output.result({ type: "listening", host, port, folder: server.folder, allowUpload }, () =>
          t(listeningText(server, options)),
        );
        await stopped;
      });
    });
}

function listeningText(
  { folder, host, port }: FolderServer,
  { allowUpload, allowOverwrite }: Omit<ServeFolderOptions, "folder">,
): Text {
  const where = printable(`${host.includes(":") ? `[${host}]` : host}:${port}`);
  const what = printable(folder);
  const uploads = allowUpload === true;
  const overwrites = uploads && allowOverwrite === true;
  const local = /^(127\.|::1$)/.test(host);
  return {
    en: [
      `sharing ${what} on ${where}, ${uploads ? `uploads allowed${overwrites ? ", also over files that are there" : ""}` : "read only"}; Ctrl-C stops`,
      ...(local
        ? []
        : [
            `everyone who reaches this address can read${uploads ? " and write" : ""}, and nothing is encrypted`,
          ]),
    ].join("\n"),
    zh: [
      `正在 ${where} 共享 ${what}，${uploads ? `允许上传${overwrites ? "，可覆盖已有文件" : ""}` : "只读"}；按 Ctrl-C 停止`,
      ...(local ? [] : [`凡能连到此地址的人都可以读取${uploads ? "和写入" : ""}，且内容不加密`]),
    ].join("\n"),
  };
}

const verbs: Readonly<Record<TransferEvent["op"], Text>> = {
  list: { en: "list", zh: "列出文件" },
  get: { en: "get", zh: "下载" },
  put: { en: "put", zh: "上传" },
  none: { en: "no request", zh: "没有请求" },
};

function eventText({ op, peer, name, size, ms, error }: TransferEvent): Text {
  const verb = verbs[op];
  const of = name === undefined ? "" : ` ${name}`;
  if (error !== undefined) {
    return {
      en: `${peer} ${verb.en}${of}: ${error.text.en}`,
      zh: `${peer} ${verb.zh}${of}：${error.text.zh}`,
    };
  }
  const amount = formatBytes(size ?? 0);
  const time = formatDuration(ms);
  return op === "list"
    ? {
        en: `${peer} list: ${size} ${size === 1 ? "file" : "files"}, ${time}`,
        zh: `${peer} 列出文件：${size} 个，${time}`,
      }
    : {
        en: `${peer} ${verb.en}${of}: ${amount}, ${time}`,
        zh: `${peer} ${verb.zh}${of}：${amount}，${time}`,
      };
}
