import { AppError, formatTable } from "@netloom/app-kit";
import type { App, Text, Translate } from "@netloom/app-kit";
import { Banker } from "@netloom/concurrency";
import type { BankerOutcome } from "@netloom/concurrency";
import { readFile } from "node:fs/promises";

import { solveBankerFile } from "./banker-cases.ts";
import type { SolvedCase } from "./banker-cases.ts";

/** Adds `netloom-thread-lab banker`. */
export function addBankerCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("banker")
    .description(
      t({
        en: "grant resources only where no deadlock can follow (banker's algorithm)",
        zh: "只在不会导致死锁时分配资源（银行家算法）",
      }),
    )
    .option(
      "--file <cases.json>",
      t({
        en: "solve the cases of a file instead of the textbook's",
        zh: "求解文件中的案例，而不是教科书的例子",
      }),
    )
    .action(async ({ file }) => {
      if (file === undefined) {
        demonstrate(app);
        return;
      }
      const solved = solveBankerFile(await readJson(file));
      output.result(solved, () =>
        formatTable(
          [
            { title: t({ en: "case", zh: "案例" }) },
            { title: t({ en: "outcome", zh: "结果" }) },
            { title: t({ en: "safe sequence", zh: "安全序列" }) },
          ],
          solved.cases.map((one, at) => [
            typeof one.name === "string" ? one.name : String(at + 1),
            ...caseCells(one, t),
          ]),
        ),
      );
    });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError({ en: `${file} is no JSON`, zh: `${file} 不是 JSON` }, { cause });
  }
}

function caseCells(one: SolvedCase, t: Translate): [outcome: string, sequence: string] {
  if ("deadlocked" in one) {
    const { deadlocked } = one;
    const none = t({ en: "no deadlock", zh: "没有死锁" });
    return [
      deadlocked.length === 0
        ? none
        : `${t({ en: "deadlocked:", zh: "死锁：" })} ${order(deadlocked)}`,
      "",
    ];
  }
  const state = one.after ?? one.initial;
  return [one.outcome, state?.lowestFirst == null ? "" : order(state.lowestFirst)];
}

function order(processes: readonly number[]): string {
  return processes.map((process) => `P${process}`).join(" ");
}

/** The state of Operating System Concepts (Silberschatz, Galvin, Gagne), chapter on deadlocks. */
const textbook = {
  available: [3, 3, 2],
  maximum: [
    [7, 5, 3],
    [3, 2, 2],
    [9, 0, 2],
    [2, 2, 2],
    [4, 3, 3],
  ],
  allocation: [
    [0, 1, 0],
    [2, 0, 0],
    [3, 0, 2],
    [2, 1, 1],
    [0, 0, 2],
  ],
};

const requests: readonly { readonly process: number; readonly units: readonly number[] }[] = [
  { process: 1, units: [1, 0, 2] },
  { process: 4, units: [3, 3, 0] },
  { process: 0, units: [0, 2, 0] },
  { process: 1, units: [1, 0, 0] },
];

function demonstrate({ output, t }: App): void {
  const banker = new Banker(textbook);
  const { available, allocation, need } = banker;
  const sequence = banker.safeSequence() ?? [];
  const sequences = banker.countSafeSequences();
  output.result({ type: "state", ...textbook, need, sequence, sequences }, () => {
    const table = formatTable(
      [
        { title: t({ en: "process", zh: "进程" }) },
        { title: t({ en: "holds", zh: "已分配" }) },
        { title: t({ en: "claim", zh: "最大需求" }) },
        { title: t({ en: "may still ask", zh: "还可申请" }) },
      ],
      need.map((row, process) => [
        `P${process}`,
        units(allocation[process]),
        units(textbook.maximum[process]),
        units(row),
      ]),
    );
    const free = t({ en: "free", zh: "可用" });
    const safe = t({
      en: `Safe: in the order ${order(sequence)}, one of ${sequences}, everybody can finish.`,
      zh: `安全：按 ${order(sequence)} 的顺序（共 ${sequences} 种之一），大家都能完成。`,
    });
    return `${table}\n${free}: ${units(available)}\n${safe}`;
  });
  for (const request of requests) {
    const outcome = banker.request(request.process, request.units);
    output.result(
      { type: "request", ...request, outcome, available: banker.available },
      () => `P${request.process} + ${units(request.units)}: ${t(outcomeTexts[outcome])}`,
    );
  }
}

function units(row: readonly number[] = []): string {
  return row.join(" ");
}

const outcomeTexts: Readonly<Record<BankerOutcome, Text>> = {
  granted: { en: "granted, the state is safe still", zh: "批准，状态仍然安全" },
  "must-wait": { en: "must wait: not so many are free", zh: "等待：可用资源不足" },
  unsafe: {
    en: "must wait: they are free, but nobody could be sure to finish any more",
    zh: "等待：虽有资源，但分配后不能保证大家都能完成",
  },
  "exceeds-claim": {
    en: "refused: more than it said it would ever need",
    zh: "拒绝：超过它声明的最大需求",
  },
};
