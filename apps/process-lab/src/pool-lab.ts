import { formatTable, integerBetween } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";
import { Pool } from "@netloom/concurrency/processes";

import type * as jobs from "./jobs.ts";
import { jobsModule, runLab } from "./lab.ts";
import type { Lab } from "./lab.ts";

const PRIMES_STEP = 20_000;
const DEFAULT_WORKERS = 3;
const DEFAULT_TASKS = 9;
const MAX_WORKERS = 64;
const MAX_TASKS = 1000;

/** Adds `netloom-process-lab pool`. */
export function addPoolLab(app: App): void {
  const { program, t } = app;
  program
    .command("pool")
    .description(
      t({
        en: "a pool of worker processes: numbers used again, results, errors, a death",
        zh: "工作进程池：编号重复使用、结果、错误、进程死亡",
      }),
    )
    .option(
      "--workers <n>",
      t({ en: `worker processes, 1 to ${MAX_WORKERS}`, zh: `工作进程数，1 到 ${MAX_WORKERS}` }),
      integerBetween(1, MAX_WORKERS),
      DEFAULT_WORKERS,
    )
    .option(
      "--tasks <n>",
      t({ en: `tasks, 1 to ${MAX_TASKS}`, zh: `任务数，1 到 ${MAX_TASKS}` }),
      integerBetween(1, MAX_TASKS),
      DEFAULT_TASKS,
    )
    .action(({ workers, tasks }) => runLab(app, (lab) => poolLab(app, lab, workers, tasks)));
}

async function poolLab(app: App, lab: Lab, size: number, tasks: number): Promise<void> {
  const pool = new Pool<typeof jobs>({ module: jobsModule, size });
  try {
    await results(app, lab, pool, tasks);
    await errors(app, lab, pool);
    pool.close();
  } catch (error) {
    pool.terminate();
    throw error;
  } finally {
    await pool.join();
  }
  lab.say(
    { type: "closed" },
    { en: "closed and joined: no worker is left", zh: "已关闭并等待完毕：没有工作进程留下" },
  );
}

async function results(
  { signal, output, t }: App,
  lab: Lab,
  pool: Pool<typeof jobs>,
  count: number,
): Promise<void> {
  const limits = Array.from({ length: count }, (_, index) => (index + 1) * PRIMES_STEP);
  const done = await pool.map("poolTask", limits, { signal });
  const rows = done.map((result, index) => ({
    task: index + 1,
    below: limits[index] ?? 0,
    ...result,
  }));
  output.result({ type: "results", size: pool.size, tasks: rows }, () =>
    formatTable(
      [
        { title: t({ en: "TASK", zh: "任务" }), align: "right" },
        { title: t({ en: "WORKER", zh: "工作进程" }), align: "right" },
        { title: "PID", align: "right" },
        { title: t({ en: "PRIMES", zh: "素数" }) },
      ],
      rows.map(({ task, worker, pid, primes, below }) => [
        String(task),
        String(worker),
        String(pid),
        t({ en: `${primes} below ${below}`, zh: `${below} 以下有 ${primes} 个` }),
      ]),
    ),
  );
  const used = new Set(done.map(({ worker }) => worker)).size;
  lab.explain({
    en: `${count} tasks, ${used} workers: each keeps its number and takes the next task. map() gives the results in order.`,
    zh: `${count} 个任务，${used} 个工作进程：每个都保持自己的编号并领取下一个任务。map() 按顺序给出结果。`,
  });
}

async function errors({ signal }: App, lab: Lab, pool: Pool<typeof jobs>): Promise<void> {
  const before = await pool.run("poolTask", [10], { signal });
  await expectFailure(lab, "error", pool.run("failWithCause", [], { signal }), {
    en: "A task throws; its error comes back, with its cause:",
    zh: "任务抛出错误；错误连同原因一起返回：",
  });
  const same = await pool.run("poolTask", [10], { signal });
  await expectFailure(lab, "death", pool.run("exitWith", [9], { signal }), {
    en: "A task ends its whole process; that is an error of this task alone:",
    zh: "任务结束了整个进程；只有这个任务出错：",
  });
  const after = await pool.run("poolTask", [10], { signal });
  lab.say(
    { type: "replaced", before, same, after },
    {
      en: `  worker ${before.worker} was process ${before.pid}, after the error still ${same.pid}, after the death ${after.pid} (worker ${after.worker})`,
      zh: `  ${before.worker} 号原为进程 ${before.pid}，出错后仍为 ${same.pid}，死亡后为 ${after.pid}（${after.worker} 号）`,
    },
  );
}

async function expectFailure(
  lab: Lab,
  type: string,
  task: Promise<unknown>,
  text: Text,
): Promise<void> {
  let error: Error & { readonly code?: string };
  try {
    await task;
    return;
  } catch (reason) {
    error = reason as typeof error;
  }
  if (error.code === "ERR_CONCURRENCY_ABORTED") throw error;
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  const line = `  ${error.name}: ${error.message}${cause === undefined ? "" : ` (${cause})`}`;
  lab.say(
    { type, name: error.name, code: error.code, message: error.message, cause },
    { en: `${text.en}\n${line}`, zh: `${text.zh}\n${line}` },
  );
}
