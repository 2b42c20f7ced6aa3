import { formatBytes, formatDuration, Option, parsePort } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { addressOf } from "./echo-server.ts";
import type { EchoEvent, EchoServer } from "./echo-server.ts";
import type { Protocol } from "./echo-text.ts";
import { parseHost } from "./parse-host.ts";
import { serveEcho } from "./serve-echo.ts";

const PROTOCOLS: Readonly<Record<"tcp" | "udp" | "both", readonly Protocol[]>> = {
  tcp: ["tcp"],
  udp: ["udp"],
  both: ["tcp", "udp"],
};

/** Adds `netloom-echo serve`. */
export function addServeCommand(app: App, defaultPort: number): void {
  const { program, output, t } = app;
  program
    .command("serve")
    .description(
      t({ en: "send everything back until stopped", zh: "原样返回收到的一切，直到被停止" }),
    )
    .addOption(
      new Option("--protocol <protocol>", t({ en: "what to serve", zh: "服务的协议" }))
        .choices(["tcp", "udp", "both"] as const)
        .default("both" as const),
    )
    .option(
      "--host <address>",
      t({ en: "address to listen on", zh: "监听的地址" }),
      parseHost,
      "127.0.0.1",
    )
    .option(
      "--port <port>",
      t({ en: "port to listen on; 0 takes a free one", zh: "监听的端口；0 表示任取空闲端口" }),
      parsePort,
      defaultPort,
    )
    .action(async ({ protocol, host, port }) => {
      // Read before anything listens: a signal that comes meanwhile is then heard.
      const stopped = app.untilStopped();
      const onEvent = (event: EchoEvent): void => output.result(event, () => t(eventText(event)));
      const servers = await serveEcho(PROTOCOLS[protocol], { host, port, onEvent });
      for (const { protocol, host, port } of servers) {
        const where = addressOf(host, port);
        output.result({ type: "listening", protocol, host, port }, () =>
          t({
            en: `${protocol.toUpperCase()} echo on ${where}; Ctrl-C stops`,
            zh: `${protocol.toUpperCase()} 回显服务在 ${where}；按 Ctrl-C 停止`,
          }),
        );
      }
      await stopped;
      await Promise.all(servers.map((server) => server.close()));
      for (const server of servers) {
        const { protocol, totals } = server;
        output.result({ type: "stopped", protocol, ...totals }, () => t(totalsText(server)));
      }
    });
}

function eventText(event: EchoEvent): Text {
  const { peer } = event;
  if (event.type === "opened") return { en: `${peer} connected`, zh: `${peer} 已连接` };
  if (event.type === "sender") {
    return { en: `${peer} sends datagrams`, zh: `${peer} 发来数据报` };
  }
  const { bytes, ms, error } = event;
  const en = `${formatBytes(bytes)} echoed in ${formatDuration(ms)}`;
  const zh = `${formatDuration(ms)}内回显 ${formatBytes(bytes)}`;
  return error === undefined
    ? { en: `${peer} closed: ${en}`, zh: `${peer} 已关闭：${zh}` }
    : { en: `${peer} broke (${error}): ${en}`, zh: `${peer} 已中断（${error}）：${zh}` };
}

function totalsText({ protocol, totals: { count, bytes, failed } }: EchoServer): Text {
  const size = formatBytes(bytes);
  return protocol === "tcp"
    ? {
        en: `TCP stopped: connections ${count} (broken ${failed}), echoed ${size}`,
        zh: `TCP 已停止：连接 ${count}（中断 ${failed}），回显 ${size}`,
      }
    : {
        en: `UDP stopped: datagrams ${count} (dropped ${failed}), echoed ${size}`,
        zh: `UDP 已停止：数据报 ${count}（丢弃 ${failed}），回显 ${size}`,
      };
}
