#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addSendCommand } from "./send-command.ts";
import { addServeCommand } from "./serve-command.ts";

/** 7, the echo service's own port (RFC 862), needs more rights than most people have. */
const DEFAULT_PORT = 7007;

const app = createApp({
  name: "netloom-echo",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "Echo servers and clients over TCP and UDP: what you send comes back.",
    zh: "TCP 和 UDP 的回显服务器与客户端：发出什么，就返回什么。",
  },
  examples: [
    {
      command: "netloom-echo serve",
      does: { en: "echo over TCP and UDP on port 7007", zh: "在 7007 端口回显 TCP 和 UDP" },
    },
    {
      command: "netloom-echo send",
      does: { en: "talk to it, line by line", zh: "逐行与它对话" },
    },
    {
      command: "netloom-echo send --protocol udp --encoding gbk 你好",
      does: { en: "one datagram in GBK", zh: "用 GBK 编码发一个数据报" },
    },
  ],
  statuses: {
    1: {
      en: "something was lost, came back different, or could not be done",
      zh: "有内容丢失、返回时不同，或无法完成",
    },
  },
});

addServeCommand(app, DEFAULT_PORT);
addSendCommand(app, DEFAULT_PORT);

await app.main();
