import { AppError, formatDuration, integerBetween, Option, parseDuration } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { race, visibleRace } from "./race.ts";
import type { RaceReport } from "./race.ts";

/** Adds `netloom-thread-lab race`. */
export function addRaceCommand({ program, output, t }: App): void {
  program
    .command("race")
    .description(
      t({
        en: "threads add to one shared number: updates are lost, or none with a lock",
        zh: "多个线程给同一个共享数字加一：更新会丢失，加锁则不会",
      }),
    )
    .option(
      "--threads <n>",
      t({ en: "how many threads add", zh: "线程个数" }),
      integerBetween(2, 16),
      2,
    )
    .addOption(
      new Option("--for <time>", t({ en: "how long they add", zh: "持续多久" }))
        .argParser(parseLength)
        .default(200, "200ms"),
    )
    .addOption(
      new Option(
        "--mutex",
        t({ en: "read and write back under a mutex", zh: "在互斥锁内读取并写回" }),
      ).conflicts("atomic"),
    )
    .option("--atomic", t({ en: "add in one indivisible step", zh: "用不可分割的一步加一" }))
    .action(async ({ threads, for: ms, mutex, atomic }) => {
      const mode = mutex === true ? "mutex" : atomic === true ? "atomic" : "plain";
      const report = await (mode === "plain" ? visibleRace : race)({ mode, threads, ms });
      output.result({ type: "race", ...report }, () => t(reportText(report)));
      if (report.lost > 0 === (mode === "plain")) return;
      throw new AppError({
        en: `this run shows the opposite of what was to be seen: ${report.lost} updates lost`,
        zh: `这次运行与预期相反：丢失了 ${report.lost} 次更新`,
      });
    });
}

function parseLength(value: string): number {
  const ms = parseDuration(value);
  if (ms >= 10 && ms <= 5_000) return ms;
  throw new AppError(
    {
      en: `got "${value}", expected a time from 10ms to 5s`,
      zh: `得到“${value}”，应为 10ms 到 5s 之间的时间`,
    },
    { code: "ERR_APP_USAGE" },
  );
}

function reportText(report: RaceReport): Text {
  const { mode, threads, ms, lost, lostShare } = report;
  const time = formatDuration(ms);
  const added = report.added.toLocaleString("en");
  const counter = report.counter.toLocaleString("en");
  const missing = lost.toLocaleString("en");
  const percent = `${(lostShare * 100).toFixed(1)} %`;
  const head = {
    en: `${threads} threads added 1 for ${time}: ${added} times in all. The counter says ${counter}.`,
    zh: `${threads} 个线程在 ${time} 内不断加 1，共 ${added} 次。计数器为 ${counter}。`,
  };
  if (mode === "plain") {
    return {
      en: `${head.en}\nLost: ${missing} (${percent}). Each read the number, added 1 and wrote it back; where two had read the same number, one write undid the other.`,
      zh: `${head.zh}\n丢失：${missing}（${percent}）。每个线程先读、加 1、再写回；两个线程读到同一个数时，一次写入会覆盖另一次。`,
    };
  }
  const reason =
    mode === "mutex"
      ? {
          en: "Only who holds the mutex reads and writes. The lock has its price: compare how often.",
          zh: "只有持有互斥锁的线程才读写。锁有代价：请比较次数。",
        }
      : {
          en: "Atomics.add reads, adds and writes in one step that nobody can get between.",
          zh: "Atomics.add 把读、加、写合为一步，谁也插不进来。",
        };
  return {
    en: `${head.en}\nLost: ${missing}. ${reason.en}`,
    zh: `${head.zh}\n丢失：${missing}。${reason.zh}`,
  };
}
