#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addClientCommands } from "./client-commands.ts";
import { addServeCommand } from "./serve-command.ts";

const app = createApp({
  name: "netloom-transfer",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "Share a folder, list it, and move files both ways with their SHA-256 checked.",
    zh: "共享文件夹、列出文件、双向传输，并校验 SHA-256。",
  },
  examples: [
    {
      command: "netloom-transfer serve Documents",
      does: { en: "share a folder, to be read on this machine", zh: "共享文件夹，供本机读取" },
    },
    {
      command: "netloom-transfer serve inbox --host 0.0.0.0 --allow-upload",
      does: { en: "take files from the whole network", zh: "接收整个网络发来的文件" },
    },
    {
      command: "netloom-transfer get notes/today.txt",
      does: { en: "fetch a file into this folder", zh: "把文件取到当前文件夹" },
    },
    {
      command: "netloom-transfer put report.pdf --host 192.168.1.20",
      does: { en: "send a file to another machine", zh: "把文件发到另一台机器" },
    },
  ],
});

addServeCommand(app);
addClientCommands(app);

await app.main();
