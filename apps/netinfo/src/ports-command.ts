import { AppError, fitWidth, formatTable, integerBetween, printable } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { listPorts } from "./list-ports.ts";
import type { HeldPort, PortOwner } from "./list-ports.ts";
import type { PortClass } from "./port-class.ts";
import type { Endpoint } from "./proc-net.ts";
import { reported } from "./reported.ts";
import type { SocketProcess } from "./socket-owners.ts";

const CLASS_NAMES: Readonly<Record<PortClass, Text>> = {
  "well-known": { en: "well-known", zh: "知名" },
  registered: { en: "registered", zh: "注册" },
  dynamic: { en: "dynamic", zh: "动态" },
};

/** Columns of a command line; the whole of it stands under `--json`. */
const COMMAND_WIDTH = 60;
/** Processes named in one row. */
const SHOWN_PROCESSES = 3;

/** Adds `netloom-netinfo ports`. */
export function addPortsCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("ports")
    .description(t({ en: "list ports in use, and who holds them", zh: "列出占用的端口及其进程" }))
    .option("--listening", t({ en: "only what waits for others", zh: "只列出正在等待对方的" }))
    .option(
      "--port <port>",
      t({ en: "only this local port", zh: "只列出这个本地端口" }),
      integerBetween(1, 65_535),
    )
    .action(async ({ listening = false, port }) => {
      const held = await reported(() => listPorts({ listening, port }));
      if (port !== undefined && held.length === 0) throw new AppError(freeText(port, listening));
      if (output.json) {
        for (const each of held) output.result(each, "");
      } else {
        output.result(undefined, portTable(app, held));
      }
    });
}

function portTable({ t }: App, held: readonly HeldPort[]): string {
  const titles = [
    { en: "protocol", zh: "协议" },
    { en: "local", zh: "本地" },
    { en: "remote", zh: "对方" },
    { en: "state", zh: "状态" },
    { en: "class", zh: "端口分类" },
    { en: "process", zh: "进程" },
  ];
  const rows = held.map((each) => [
    each.protocol,
    endpointText(each.local),
    each.remote === undefined ? "-" : endpointText(each.remote),
    each.state,
    t(CLASS_NAMES[each.portClass]),
    t(ownerText(each)),
  ]);
  return formatTable(
    titles.map((title) => ({ title: t(title) })),
    rows,
  );
}

function endpointText({ address, port }: Endpoint): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function ownerText({ owner, processes, uid }: HeldPort): Text {
  const texts: Readonly<Record<PortOwner, Text>> = {
    process: processText(processes),
    kernel: { en: "no process (kernel)", zh: "无进程（内核）" },
    unreadable: { en: `not readable (user ${uid})`, zh: `不可读（用户 ${uid}）` },
    unknown: { en: `not found (user ${uid})`, zh: `未找到（用户 ${uid}）` },
  };
  return texts[owner];
}

function processText(processes: readonly SocketProcess[]): Text {
  const shown = processes
    .slice(0, SHOWN_PROCESSES)
    .map(({ pid, command }) => `${pid} ${fitWidth(printable(command), COMMAND_WIDTH)}`);
  const more = processes.length - shown.length;
  const text = [...shown, ...(more > 0 ? [`+${more}`] : [])].join(", ");
  return { en: text, zh: text };
}

function freeText(port: number, listening: boolean): Text {
  return listening
    ? { en: `nothing listens on port ${port}`, zh: `没有程序在监听端口 ${port}` }
    : { en: `port ${port} is not in use`, zh: `端口 ${port} 未被占用` };
}
