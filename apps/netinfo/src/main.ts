#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addInterfacesCommand } from "./interfaces-command.ts";
import { addIpCommand } from "./ip-command.ts";
import { addPortsCommand } from "./ports-command.ts";
import { addResolveCommand } from "./resolve-command.ts";

const app = createApp({
  name: "netloom-netinfo",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "This machine's interfaces, subnets worked out, names resolved, and who holds which port.",
    zh: "本机网络接口、子网计算、名称解析，以及端口由谁占用。",
  },
  examples: [
    {
      command: "netloom-netinfo ip 192.168.10.77/20 192.168.3.4",
      does: {
        en: "an address's network, and whether another one is in its segment",
        zh: "地址所在的网络，以及另一地址是否在同一网段",
      },
    },
    {
      command: "netloom-netinfo resolve localhost",
      does: { en: "a name's addresses, and their names", zh: "名称的地址，以及地址的名称" },
    },
    {
      command: "netloom-netinfo ports --port 8080",
      does: { en: "which process holds port 8080", zh: "哪个进程占用 8080 端口" },
    },
  ],
  statuses: {
    1: {
      en: "a name was not found, a port is not in use, or something could not be done",
      zh: "找不到名称、端口未被占用，或无法完成",
    },
  },
});

addInterfacesCommand(app);
addIpCommand(app);
addResolveCommand(app);
addPortsCommand(app);

await app.main();
