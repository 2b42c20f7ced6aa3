import { AppError, formatDuration, parseDuration } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { avoidByOrder, avoidByTimeLimit, makeDeadlock } from "./deadlock.ts";
import type { DeadlockReport } from "./deadlock.ts";

const times = 1_000;

/** Adds `netloom-thread-lab deadlock`. */
export function addDeadlockCommand({ program, output, t }: App): void {
  program
    .command("deadlock")
    .description(
      t({
        en: "make a deadlock, see who waits for whom, and avoid it",
        zh: "制造死锁，看谁在等谁，再避免它",
      }),
    )
    .option(
      "--limit <time>",
      t({ en: "how long to wait before looking for a deadlock", zh: "等多久之后检查死锁" }),
      parseLimit,
      300,
    )
    .action(async ({ limit }) => {
      const made = await makeDeadlock(limit);
      output.result({ type: "deadlock", ...made }, () => t(madeText(made)));
      if (made.cycle.length === 0) {
        throw new AppError({ en: "no deadlock was seen", zh: "没有看到死锁" });
      }
      const { gaveUp } = await avoidByTimeLimit();
      output.result({ type: "time-limit", gaveUp }, () => {
        const counts = listCounts(gaveUp);
        return t({
          en: `\nAvoided by a time limit on the second mutex: who reaches it lets go of the first and begins again. Both finished; had to let go: ${counts}.`,
          zh: `\n用时限避免：等第二把锁超时后放开第一把，重新开始。两个线程都完成了；放手次数：${counts}。`,
        });
      });
      const { taken } = await avoidByOrder(times);
      output.result({ type: "lock-order", taken }, () => {
        const counts = listCounts(taken);
        return t({
          en: `\nAvoided by order, A always before B: who holds B waits for nobody. Held both: ${counts}.`,
          zh: `\n用固定顺序避免，总是先 A 后 B：持有 B 的线程不再等待任何人。同时持有两把锁的次数：${counts}。`,
        });
      });
    });
}

function parseLimit(value: string): number {
  const ms = parseDuration(value);
  if (ms >= 10 && ms <= 60_000) return ms;
  throw new AppError(
    {
      en: `got "${value}", expected a time from 10ms to 1m`,
      zh: `得到“${value}”，应为 10ms 到 1m 之间的时间`,
    },
    { code: "ERR_APP_USAGE" },
  );
}

function madeText({ limitMs, cycle, left }: DeadlockReport): Text {
  const time = formatDuration(limitMs);
  const waits = cycle.map(({ thread, holds, waitsFor, heldBy }) => ({
    en: `  ${thread} holds ${holds.join(", ")} and waits for ${waitsFor}, held by ${heldBy}`,
    zh: `  ${thread} 持有 ${holds.join("、")}，等待 ${waitsFor}，而它由 ${heldBy} 持有`,
  }));
  return {
    en: [
      `Made: two threads take two mutexes in opposite order. After ${time} neither has gone on:`,
      ...waits.map(({ en }) => en),
      `Each waits for the other: a deadlock. Both were terminated; threads left: ${left}.`,
    ].join("\n"),
    zh: [
      `制造：两个线程以相反的顺序取两把锁。${time} 后谁也没有前进：`,
      ...waits.map(({ zh }) => zh),
      `互相等待，这就是死锁。两个线程都已被终止；剩余线程：${left}。`,
    ].join("\n"),
  };
}

function listCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count} ×`)
    .join(", ");
}
