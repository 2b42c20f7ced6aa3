import type { App } from "@netloom/app-kit";
import { Queue } from "@netloom/concurrency/processes";

import type * as jobs from "./jobs.ts";
import { addLab } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { readEntry, requireProcessTable } from "./process-table.ts";

/** Adds `netloom-process-lab orphan`. */
export function addOrphanLab(app: App): void {
  const does = {
    en: "a child whose parent has ended gets another one; then prevented",
    zh: "父进程结束后，子进程被另一个进程收养；再演示如何避免",
  };
  addLab(app, "orphan", does, async (lab) => {
    requireProcessTable();
    await makeOrphan(lab);
    await prevent(lab);
  });
}

async function makeOrphan(lab: Lab): Promise<void> {
  const pids = new Queue<number>();
  const parent = lab.start<typeof jobs.parentOfOutlive>("parentOfOutlive", [pids, process.pid]);
  const parentPid = lab.pidOf(parent);
  const pid = lab.adopt(await pids.get(lab.limits));
  const rows = [
    [{ en: "parent", zh: "父进程" }, parentPid],
    [{ en: "child", zh: "子进程" }, pid],
  ] as const;

  lab.explain({ en: "A parent and its child:", zh: "父进程与子进程：" });
  lab.table("family", rows);
  parent.kill();
  await lab.untilGone(parentPid, { en: "the end of the parent", zh: "父进程结束" });
  await lab.until(() => readEntry(pid)?.parent !== parentPid, {
    en: "another parent",
    zh: "新的父进程",
  });
  const adopter = readEntry(pid)?.parent ?? 0;
  const program = readEntry(adopter)?.program ?? "?";
  lab.say(
    { type: "orphan", pid, formerParent: parentPid, parent: adopter, program },
    {
      en: `\nThe parent gets SIGKILL. The child lives on, an orphan: process ${adopter} (${program}) has adopted it.`,
      zh: `\n父进程收到 SIGKILL。子进程继续运行，成为孤儿：由进程 ${adopter}（${program}）收养。`,
    },
  );
  lab.table("orphan", rows);
  process.kill(pid, "SIGKILL");
  await lab.untilGone(pid, { en: "the end of the orphan", zh: "孤儿进程结束" });
}

async function prevent(lab: Lab): Promise<void> {
  const pids = new Queue<number>();
  const parent = lab.start<typeof jobs.parentOfSpin>("parentOfSpin", [pids]);
  const parentPid = lab.pidOf(parent);
  const pid = lab.adopt(await pids.get(lab.limits));
  parent.kill();
  await lab.untilGone(pid, { en: "the end of the child", zh: "子进程结束" });
  lab.say(
    { type: "prevented", by: "daemon", pid, formerParent: parentPid },
    {
      en: "\nPrevented: the same once more with daemon: true, and no orphan is left:",
      zh: "\n避免的方法：用 daemon: true 再来一次，没有孤儿留下：",
    },
  );
  lab.table("prevented", [
    [{ en: "parent", zh: "父进程" }, parentPid],
    [{ en: "child", zh: "子进程" }, pid],
  ]);
}
