#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addBankerCommand } from "./banker-command.ts";
import { addCompareCommand } from "./compare-command.ts";
import { addDeadlockCommand } from "./deadlock-command.ts";
import { addGeneratorsCommand } from "./generators-command.ts";
import { addRaceCommand } from "./race-command.ts";
import { addStartCommand } from "./start-command.ts";
import { addTicketsCommand } from "./tickets-command.ts";

const app = createApp({
  name: "netloom-thread-lab",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "Threads, races, deadlocks and generators, made to happen on this machine.",
    zh: "让线程、竞争、死锁和生成器在这台机器上真实发生。",
  },
  examples: [
    {
      command: "netloom-thread-lab race",
      does: { en: "two threads lose updates", zh: "两个线程丢失更新" },
    },
    {
      command: "netloom-thread-lab race --mutex",
      does: { en: "the same with a lock: none is lost", zh: "加锁：不再丢失" },
    },
    {
      command: "netloom-thread-lab deadlock",
      does: { en: "made, seen and avoided", zh: "制造、看见并避免死锁" },
    },
  ],
  statuses: {
    1: {
      en: "something failed, or a run did not show what it was to show",
      zh: "出现错误，或运行没有出现应看到的现象",
    },
  },
});

addStartCommand(app);
addRaceCommand(app);
addTicketsCommand(app);
addDeadlockCommand(app);
addBankerCommand(app);
addGeneratorsCommand(app);
addCompareCommand(app);

await app.main();
