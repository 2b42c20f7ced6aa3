import { formatTable, integerBetween } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { compareStartUp } from "./compare.ts";
import type { StartUp } from "./compare.ts";

const names: Readonly<Record<StartUp["kind"], Text>> = {
  process: { en: "process (node)", zh: "进程（node）" },
  thread: { en: "thread (worker)", zh: "线程（worker）" },
  coroutine: { en: "coroutine (async function)", zh: "协程（async 函数）" },
  generator: { en: "generator", zh: "生成器" },
};

/** Adds `netloom-thread-lab compare`. */
export function addCompareCommand({ program, output, t }: App): void {
  program
    .command("compare")
    .description(
      t({
        en: "measure what starting a process, a thread and a coroutine costs",
        zh: "测量启动进程、线程和协程的开销",
      }),
    )
    .option(
      "--samples <n>",
      t({ en: "how many starts of each", zh: "每种启动多少次" }),
      integerBetween(10, 1_000),
      20,
    )
    .action(async ({ samples }) => {
      const all = await compareStartUp(samples);
      const coroutine = all.find(({ kind }) => kind === "coroutine")?.median ?? Number.NaN;
      output.result({ type: "start-up", unit: "µs", results: all }, () => {
        const table = formatTable(
          [
            { title: t({ en: "start of a", zh: "启动" }) },
            { title: t({ en: "median", zh: "中位数" }), align: "right" },
            { title: t({ en: "shortest", zh: "最短" }), align: "right" },
            { title: t({ en: "longest", zh: "最长" }), align: "right" },
            { title: t({ en: "in coroutines", zh: "折合协程数" }), align: "right" },
          ],
          all.map(({ kind, median, min, max }) => [
            t(names[kind]),
            formatTime(median),
            formatTime(min),
            formatTime(max),
            (median / coroutine).toLocaleString("en", { maximumSignificantDigits: 3 }),
          ]),
        );
        const note = t({
          en: `From the start to its first line, ${samples} times each. A process brings its own memory, a thread its own JavaScript engine; a coroutine is a call that can pause.`,
          zh: `从启动到执行第一行，每种 ${samples} 次。进程带有自己的内存，线程带有自己的 JavaScript 引擎；协程只是可以暂停的调用。`,
        });
        return `${table}\n${note}`;
      });
    });
}

function formatTime(us: number): string {
  if (us >= 1000) return `${(us / 1000).toFixed(1)} ms`;
  return us >= 1 ? `${us.toFixed(1)} µs` : `${(us * 1000).toFixed(0)} ns`;
}
