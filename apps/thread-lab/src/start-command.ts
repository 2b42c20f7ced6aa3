import { formatTable, integerBetween } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { startThreads } from "./start.ts";
import type { EndedThread } from "./start.ts";

/** Adds `netloom-thread-lab start`. */
export function addStartCommand({ program, output, t }: App): void {
  program
    .command("start")
    .description(
      t({
        en: "start threads from functions, list, join and stop them",
        zh: "由函数启动线程，列出、等待并停止它们",
      }),
    )
    .option(
      "--threads <n>",
      t({ en: "how many threads count primes", zh: "数质数的线程个数" }),
      integerBetween(1, 16),
      2,
    )
    .option(
      "--limit <n>",
      t({ en: "up to which number they count", zh: "数到多大的数" }),
      integerBetween(2, 10_000_000),
      200_000,
    )
    .action(async ({ threads, limit }) => {
      const { started, ended, left } = await startThreads(threads, limit);
      output.result({ type: "started", count: started.length, threads: started }, () => {
        const names = started.map(({ id, name }) => `${name} (${id})`).join(", ");
        return t({
          en: `${started.length} threads run at the same time, name and id: ${names}`,
          zh: `${started.length} 个线程同时运行，名称和编号：${names}`,
        });
      });
      output.result({ type: "ended", threads: ended }, () =>
        formatTable(
          [
            { title: t({ en: "id", zh: "编号" }), align: "right" },
            { title: t({ en: "name", zh: "名称" }) },
            { title: t({ en: "how it ended", zh: "如何结束" }) },
          ],
          ended.map((thread) => [String(thread.id), thread.name, t(endText(thread))]),
        ),
      );
      output.result({ type: "left", count: left }, () =>
        t({
          en: `All were joined; threads left: ${left}.`,
          zh: `全部已等待结束；剩余线程：${left}。`,
        }),
      );
    });
}

function endText({ ended, result, error }: EndedThread): Text {
  const what = error === undefined ? String(result) : `${error.name}: ${error.message}`;
  switch (ended) {
    case "returned":
      return { en: `returned ${what}`, zh: `返回 ${what}` };
    case "stopped":
      return { en: `was asked to stop: ${what}`, zh: `被请求停止后自行结束：${what}` };
    case "terminated":
      return {
        en: "did not hear that it was asked to stop, and was terminated",
        zh: "没有理会停止请求，被强制终止",
      };
    case "failed":
      return { en: `failed, and join got ${what}`, zh: `出错，join 得到 ${what}` };
  }
}
