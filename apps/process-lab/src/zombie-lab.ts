import type { App } from "@netloom/app-kit";
import { Queue } from "@netloom/concurrency/processes";

import type * as jobs from "./jobs.ts";
import { addLab } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { childrenOf, readEntry, requireProcessTable } from "./process-table.ts";

/** Adds `netloom-process-lab zombie`. */
export function addZombieLab(app: App): void {
  const does = {
    en: "an ended child that nobody has waited for; then prevented in two ways",
    zh: "已结束但无人等待的子进程；再用两种方法避免",
  };
  addLab(app, "zombie", does, async (lab) => {
    requireProcessTable();
    await makeAndReap(lab);
    await secondGeneration(lab);
  });
}

/** Node waits for its children by itself, so the parent is stopped: it can wait for nobody. */
async function makeAndReap(lab: Lab): Promise<void> {
  const pids = new Queue<number>();
  const parent = lab.start<typeof jobs.parentOfIdle>("parentOfIdle", [pids]);
  const parentPid = lab.pidOf(parent);
  const pid = lab.adopt(await pids.get(lab.limits));
  const rows = [
    [{ en: "parent", zh: "父进程" }, parentPid],
    [{ en: "child", zh: "子进程" }, pid],
  ] as const;

  await stop(lab, parentPid);
  lab.explain({
    en: "A parent that is stopped (SIGSTOP): it cannot wait() for its child now.",
    zh: "父进程已停止（SIGSTOP）：此刻它无法 wait() 子进程。",
  });
  lab.table("stopped", rows);
  process.kill(pid, "SIGKILL");
  await lab.until(() => readEntry(pid)?.state === "Z", { en: "a zombie", zh: "僵尸进程" });
  lab.say(
    { type: "zombie", pid, parent: parentPid },
    {
      en: "\nThe child ends. Nobody takes its exit status, so its line stays: a zombie. No signal ends it.",
      zh: "\n子进程结束，但没有人取走它的退出状态，表中那一行留了下来：僵尸进程。任何信号都无法再结束它。",
    },
  );
  lab.table("zombie", rows);
  process.kill(parentPid, "SIGCONT");
  await lab.until(() => readEntry(pid) === undefined, { en: "wait()", zh: "wait()" });
  lab.say(
    { type: "prevented", by: "waiting", pid, parent: parentPid },
    {
      en: "\nFirst cure, waiting: the parent goes on (SIGCONT), waits for its child, and the line is gone.",
      zh: "\n办法一，等待：父进程继续运行（SIGCONT），等待子进程，那一行随即消失。",
    },
  );
  lab.table("waited", rows);
  parent.kill();
}

async function secondGeneration(lab: Lab): Promise<void> {
  const pids = new Queue<number>();
  const parent = lab.start<typeof jobs.grandparent>("grandparent", [pids, process.pid]);
  const parentPid = lab.pidOf(parent);
  const pid = lab.adopt(await pids.get(lab.limits));
  const rows = [
    [{ en: "grandparent", zh: "祖父进程" }, parentPid],
    [{ en: "grandchild", zh: "孙进程" }, pid],
  ] as const;

  await lab.until(() => childrenOf(parentPid).length === 0, {
    en: "the end of the process between",
    zh: "中间进程结束",
  });
  await stop(lab, parentPid);
  lab.explain({
    en: "\nSecond cure, a second generation: the child between starts the worker and ends; its parent waits\nfor it at once. The worker is adopted, and the stopped grandparent owes it nothing:",
    zh: "\n办法二，第二代：中间的子进程启动工作进程后立即结束，父进程随即等到它。\n工作进程被收养，停止着的祖父进程不再需要等待它：",
  });
  lab.table("adopted", rows);
  process.kill(pid, "SIGKILL");
  await lab.untilGone(pid, { en: "the end of the grandchild", zh: "孙进程结束" });
  const zombies = childrenOf(parentPid).filter(({ state }) => state === "Z");
  lab.say(
    { type: "prevented", by: "second generation", pid, parent: parentPid, zombies: zombies.length },
    {
      en: `\nThe worker ends. Zombies of the grandparent: ${zombies.length}.`,
      zh: `\n工作进程结束。祖父进程的僵尸子进程数：${zombies.length}。`,
    },
  );
  lab.table("second generation", rows);
}

async function stop(lab: Lab, pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  await lab.until(() => readEntry(pid)?.state === "T", {
    en: "a stopped parent",
    zh: "停止的父进程",
  });
}
