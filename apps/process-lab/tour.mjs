// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { defineStep } from "@netloom/tour";

/** @typedef {{ pid: number, parent: number | null, state: string | null }} Row */

export default defineStep({
  title: {
    en: "a zombie in the process table, a killed parent and its daemon, a queue, a pool, a schedule",
    zh: "进程表中的僵尸、被强杀的父进程与守护进程、队列、进程池、调度",
  },
  async run(tour) {
    /** @param {string[]} args @returns {Promise<any[]>} */
    const lab = async (...args) => {
      const { stdout } = await tour.run([...args, "--json"]);
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    };

    const ended = (await lab("start")).filter(({ type }) => type === "ended");
    const words = ended.map(({ waitStatus }) => waitStatus);
    tour.check(words.join() === "0,256,1792,15,9", `five wait words, got ${words.join()}`);
    tour.say({
      en: `five processes ended in five ways, wait words ${words.join(", ")}`,
      zh: `五个进程以五种方式结束，状态字 ${words.join("、")}`,
    });

    if (process.platform === "linux") {
      const zombie = await lab("zombie");
      /** @type {[Row, Row]} */
      const [parent, child] = zombie.find(({ step }) => step === "zombie").rows;
      tour.check(child.state === "Z", `the child was to be a zombie, got ${child.state}`);
      /** @type {[Row, Row]} */
      const [, after] = zombie.find(({ step }) => step === "waited").rows;
      tour.check(after.state === null, "the zombie was to be gone after the wait");
      tour.say({
        en: `process ${child.pid} was a zombie (state Z) while its parent ${parent.pid} was stopped, and gone after the wait`,
        zh: `进程 ${child.pid} 在父进程 ${parent.pid} 停止期间是僵尸（状态 Z），等待之后消失`,
      });
      const killed = (await lab("daemon")).find(({ type }) => type === "killed");
      tour.say({
        en: `parent ${killed.pid} was killed, its daemon ${killed.daemonPid} in an endless loop ended ${killed.goneAfterMs} ms later`,
        zh: `父进程 ${killed.pid} 被强杀，处于死循环的守护进程 ${killed.daemonPid} 在 ${killed.goneAfterMs} 毫秒后结束`,
      });
    }

    const files = ["README.md", "CONTRIBUTING.md", "LICENSE", "pnpm-lock.yaml"];
    const paths = files.map((name) => join(tour.root, name));
    const queue = await lab("queue", ...paths);
    const bytes = paths.reduce((sum, path) => sum + readFileSync(path).length, 0);
    const downloaded = queue
      .filter(({ type }) => type === "downloaded")
      .reduce((sum, event) => sum + event["bytes"], 0);
    tour.check(downloaded === bytes, `${bytes} bytes were to be downloaded, got ${downloaded}`);
    const { words: count } = queue.at(-1);
    tour.say({
      en: `one process downloaded ${files.length} files of this repository over HTTP, ${bytes} bytes, another counted ${count} words`,
      zh: `一个进程经 HTTP 下载本仓库的 ${files.length} 个文件，共 ${bytes} 字节，另一个进程数出 ${count} 个词`,
    });

    const results = (await lab("pool")).find(({ type }) => type === "results");
    const pids = new Set(results.tasks.map((/** @type {{ pid: number }} */ { pid }) => pid));
    tour.check(pids.size <= 3, `at most 3 processes were to do the tasks, got ${pids.size}`);
    tour.say({
      en: `${results.tasks.length} tasks were done by ${pids.size} processes of a pool`,
      zh: `进程池中的 ${pids.size} 个进程完成了 ${results.tasks.length} 个任务`,
    });

    const { stdout } = await tour.run(["schedule", "--algorithm", "rr"]);
    for (const line of stdout.split("\n").slice(0, 5)) tour.write(`  ${line}`);
    for (const args of ["zombie", "pool --workers 2", "schedule"]) tour.byHand(args);
  },
});
