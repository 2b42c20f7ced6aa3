import type { App } from "@netloom/app-kit";

import { readValue } from "./jobs.ts";
import type * as jobs from "./jobs.ts";
import { addLab } from "./lab.ts";

const ADDED = [11, 50] as const;

/** Adds `netloom-process-lab isolation`. */
export function addIsolationLab(app: App): void {
  const does = {
    en: "children change their copy of a variable, the parent's stays",
    zh: "子进程改变自己的变量副本，父进程的不变",
  };
  addLab(app, "isolation", does, async (lab) => {
    lab.say(
      { type: "parent", when: "before", pid: process.pid, value: readValue() },
      {
        en: `parent ${process.pid}: value is ${readValue()}`,
        zh: `父进程 ${process.pid}：value 为 ${readValue()}`,
      },
    );
    for (const by of ADDED) {
      const child = lab.start<typeof jobs.addToValue>("addToValue", [by]);
      const { before, after } = await child.join(lab.limits);
      lab.say(
        { type: "child", pid: child.pid, before, after },
        {
          en: `  child ${child.pid}: finds ${before}, adds ${by}, has ${after}`,
          zh: `  子进程 ${child.pid}：读到 ${before}，加 ${by}，得 ${after}`,
        },
      );
    }
    lab.say(
      { type: "parent", when: "after", pid: process.pid, value: readValue() },
      {
        en: `parent ${process.pid}: value is still ${readValue()}. Processes share no memory: what is to come back is returned, or goes through a queue.`,
        zh: `父进程 ${process.pid}：value 仍为 ${readValue()}。进程不共享内存：要带回的内容用返回值或队列传递。`,
      },
    );
  });
}
