import type { App } from "@netloom/app-kit";
import { Queue } from "@netloom/concurrency/processes";

import type * as jobs from "./jobs.ts";
import { addLab } from "./lab.ts";
import { requireProcessTable } from "./process-table.ts";

/** Adds `netloom-process-lab daemon`. */
export function addDaemonLab(app: App): void {
  const does = {
    en: "a daemon child ends with its parent, even when that is killed",
    zh: "守护子进程随父进程结束，即使父进程被强杀",
  };
  addLab(app, "daemon", does, async (lab) => {
    requireProcessTable();
    const pids = new Queue<number>();
    const parent = lab.start<typeof jobs.parentOfSpin>("parentOfSpin", [pids]);
    const parentPid = lab.pidOf(parent);
    const pid = lab.adopt(await pids.get(lab.limits));
    const rows = [
      [{ en: "parent", zh: "父进程" }, parentPid],
      [{ en: "daemon", zh: "守护子进程" }, pid],
    ] as const;

    lab.explain({
      en: "A parent and its daemon child, which is in an endless loop:",
      zh: "父进程与它的守护子进程，后者处于死循环：",
    });
    lab.table("running", rows);
    parent.kill();
    const ms = await lab.untilGone(pid, {
      en: "the end of the daemon",
      zh: "守护子进程结束",
    });
    lab.say(
      {
        type: "killed",
        pid: parentPid,
        signal: "SIGKILL",
        daemonPid: pid,
        goneAfterMs: Math.round(ms),
      },
      {
        en: `\nThe parent gets SIGKILL and can do nothing any more. ${Math.round(ms)} ms later the daemon has ended too:`,
        zh: `\n父进程收到 SIGKILL，再也无法做任何事。${Math.round(ms)} 毫秒后守护子进程也结束了：`,
      },
    );
    lab.table("after", rows);
    lab.explain({
      en: '\nA thread in the daemon reads a pipe from the parent; the kernel closes it when the parent ends.\n  Process.start(module, "run", [], { daemon: true })',
      zh: '\n守护子进程中有一个线程在读来自父进程的管道；父进程结束时内核将其关闭。\n  Process.start(module, "run", [], { daemon: true })',
    });
  });
}
