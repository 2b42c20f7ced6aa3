#!/usr/bin/env node
import { createApp } from "@netloom/app-kit";

import { addDaemonLab } from "./daemon-lab.ts";
import { addIsolationLab } from "./isolation-lab.ts";
import { addOrphanLab } from "./orphan-lab.ts";
import { addPoolLab } from "./pool-lab.ts";
import { addQueueLab } from "./queue-lab.ts";
import { addScheduleCommand } from "./schedule-command.ts";
import { addStartLab } from "./start-lab.ts";
import { addZombieLab } from "./zombie-lab.ts";

const app = createApp({
  name: "netloom-process-lab",
  version: new URL("../package.json", import.meta.url),
  summary: {
    en: "See processes really happen: each lab does it on this machine and shows what it saw.",
    zh: "亲眼看进程：每个实验都在本机真实进行，并展示所见。",
  },
  examples: [
    {
      command: "netloom-process-lab zombie",
      does: {
        en: "make a zombie, see it in the process table, cure it",
        zh: "制造僵尸进程，在进程表中看到它，再消除它",
      },
    },
    {
      command: "netloom-process-lab schedule --algorithm rr --quantum 2",
      does: { en: "round robin as a Gantt chart", zh: "以甘特图展示时间片轮转" },
    },
  ],
  statuses: {
    1: {
      en: "something that a lab promises was not seen, or could not be done",
      zh: "没有看到实验所说的现象，或无法完成",
    },
  },
});

addStartLab(app);
addIsolationLab(app);
addDaemonLab(app);
addOrphanLab(app);
addZombieLab(app);
addQueueLab(app);
addPoolLab(app);
addScheduleCommand(app);

await app.main();
