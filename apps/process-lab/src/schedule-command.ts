import { AppError, formatTable, integerBetween, Option, printable } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";
import { readFileSync, statSync } from "node:fs";

import { checkWorkload } from "./check-workload.ts";
import { ganttChart } from "./gantt-chart.ts";
import { schedule } from "./simulate.ts";
import { ALGORITHMS } from "./workload.ts";
import type { Algorithm, Job, Schedule, ScheduleParameters, Workload } from "./workload.ts";

const DEFAULT_QUANTUM = 4;
const MAX_QUANTUM = 1_000_000;
/** Bytes of a file of cases: 10,000 workloads have about 14 million. */
const MAX_FILE = 64 * 1024 * 1024;

/** The textbook's three processes, and two that come later. */
const EXAMPLE: readonly Job[] = [
  { id: "P1", arrival: 0, burst: 24, priority: 3 },
  { id: "P2", arrival: 0, burst: 3, priority: 1 },
  { id: "P3", arrival: 0, burst: 3, priority: 4 },
  { id: "P4", arrival: 6, burst: 8, priority: 2 },
  { id: "P5", arrival: 7, burst: 2, priority: 1 },
];

const NAMES: Readonly<Record<Algorithm, Text>> = {
  fcfs: { en: "first come, first served", zh: "先来先服务" },
  sjf: { en: "shortest job first", zh: "短作业优先" },
  srtf: { en: "shortest remaining time first", zh: "最短剩余时间优先" },
  priority: { en: "priority", zh: "优先级" },
  "priority-preemptive": { en: "priority, preemptive", zh: "优先级（抢占）" },
  rr: { en: "round robin", zh: "时间片轮转" },
  "priority-rr": { en: "round robin in each priority", zh: "各优先级内轮转" },
  mlfq: { en: "multilevel feedback queue", zh: "多级反馈队列" },
};

/** A case of a file: a workload, and whatever else stands there. */
type Case = Workload & { readonly name?: unknown };

/** Adds `netloom-process-lab schedule`. */
export function addScheduleCommand(app: App): void {
  const { program, t } = app;
  program
    .command("schedule")
    .description(
      t({
        en: "simulate CPU scheduling: Gantt chart, waiting, turnaround and response times",
        zh: "模拟 CPU 调度：甘特图、等待、周转与响应时间",
      }),
    )
    .option(
      "--file <cases.json>",
      t({
        en: "workloads to run; default: an example",
        zh: "要运行的工作负载；默认用示例",
      }),
    )
    .addOption(
      new Option(
        "--algorithm <name>",
        t({ en: "run everything under this one", zh: "全部改用此算法运行" }),
      ).choices(ALGORITHMS),
    )
    .option(
      "--quantum <n>",
      t({ en: "time slice, where the workload has none", zh: "时间片（工作负载未给出时）" }),
      integerBetween(1, MAX_QUANTUM),
      DEFAULT_QUANTUM,
    )
    .action(({ file, algorithm, quantum }) => {
      const withDefaults = (one: Case): Case => complete(one, algorithm, quantum);
      if (file === undefined) {
        const algorithms = algorithm === undefined ? (["fcfs", "sjf", "rr"] as const) : [algorithm];
        const cases = algorithms.map((algorithm) =>
          withDefaults({ name: algorithm, algorithm, processes: EXAMPLE }),
        );
        report(app, {}, cases);
        return;
      }
      const { cases, ...rest } = readCases(file);
      report(app, rest, cases.map(withDefaults));
    });
}

function report(app: App, rest: object, cases: readonly Case[]): void {
  for (const [index, one] of cases.entries()) checkWorkload(one, `cases[${index}]`);
  const done = cases.map((one) => ({ ...one, expected: schedule(one) }));
  app.output.result({ ...rest, cases: done }, () => {
    const parts = done.map((one) => caseText(app, one));
    if (done.length > 1) parts.push(comparison(app, done));
    return parts.join("\n\n");
  });
}

/** The case with what the command line says. */
function complete(one: Case, chosen: Algorithm | undefined, quantum: number): Case {
  // What is no object is refused where the case is checked.
  if (typeof one !== "object" || one === null) return one;
  const algorithm = chosen ?? one.algorithm;
  const defaults = defaultParameters(algorithm, quantum);
  const changed = defaults === undefined ? {} : { params: { ...defaults, ...one.params } };
  return { ...one, algorithm, ...changed };
}

function defaultParameters(algorithm: Algorithm, quantum: number): ScheduleParameters | undefined {
  if (algorithm === "rr" || algorithm === "priority-rr") return { quantum };
  if (algorithm !== "mlfq") return undefined;
  return { quanta: [quantum, quantum * 2, null], boost: null, preemptive: true };
}

function readCases(file: string): { readonly cases: readonly Case[] } {
  if (statSync(file).size > MAX_FILE) {
    throw wrong(file, `at most ${MAX_FILE} bytes`, `最多 ${MAX_FILE} 字节`);
  }
  const text = readFileSync(file, "utf8");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new AppError(
      { en: `${file} is not JSON`, zh: `${file} 不是 JSON` },
      { code: "ERR_APP_USAGE", cause: error },
    );
  }
  if (
    typeof content !== "object" ||
    content === null ||
    !("cases" in content) ||
    !Array.isArray(content.cases)
  ) {
    throw wrong(file, 'an object with a list "cases"', "一个含有列表 “cases” 的对象");
  }
  return content as { readonly cases: readonly Case[] };
}

function wrong(file: string, en: string, zh: string): AppError {
  return new AppError(
    { en: `${file}: expected ${en}`, zh: `${file}：应为${zh}` },
    { code: "ERR_APP_USAGE" },
  );
}

function caseText({ output, t }: App, one: Case & { readonly expected: Schedule }): string {
  const { algorithm, params, processes, expected } = one;
  const { ganttMerged, makespan, idle } = expected;
  const details = [
    ...(params?.quantum === undefined ? [] : [`quantum ${params.quantum}`]),
    ...(params?.quanta === undefined
      ? []
      : [`quanta ${params.quanta.map((slice) => slice ?? "∞").join(", ")}`]),
    ...(params?.boost == null ? [] : [`boost ${params.boost}`]),
  ];
  const named = nameOf(one) === algorithm ? "" : `${printable(nameOf(one))}: `;
  const title = `${named}${t(NAMES[algorithm])}${details.length > 0 ? ` (${details.join("; ")})` : ""}`;
  const times = expected.processes.map(
    ({ id, start, finish, turnaround, waiting, response }, index) => [
      id,
      ...[processes[index]?.arrival, processes[index]?.burst].map(String),
      ...[start, finish, waiting, turnaround, response].map(String),
    ],
  );
  const table = formatTable(
    [
      { title: "" },
      { title: t({ en: "ARRIVAL", zh: "到达" }), align: "right" },
      { title: t({ en: "BURST", zh: "运行" }), align: "right" },
      { title: t({ en: "START", zh: "开始" }), align: "right" },
      { title: t({ en: "FINISH", zh: "完成" }), align: "right" },
      { title: t({ en: "WAITING", zh: "等待" }), align: "right" },
      { title: t({ en: "TURNAROUND", zh: "周转" }), align: "right" },
      { title: t({ en: "RESPONSE", zh: "响应" }), align: "right" },
    ],
    [...times, [t({ en: "mean", zh: "平均" }), "", "", "", "", ...means(expected)]],
  );
  const busy = (((makespan - idle) / makespan) * 100).toFixed(0);
  const use = t({
    en: `processor busy ${busy} % of ${makespan}`,
    zh: `处理器在 ${makespan} 中有 ${busy} % 在工作`,
  });
  const chart = ganttChart(ganttMerged, process.stdout.columns || 80);
  return `${output.style("bold", title)}\n${chart}\n${table}\n${use}`;
}

function comparison(
  { t }: App,
  cases: readonly (Case & { readonly expected: Schedule })[],
): string {
  return formatTable(
    [
      { title: t({ en: "MEAN", zh: "平均" }) },
      { title: t({ en: "WAITING", zh: "等待" }), align: "right" },
      { title: t({ en: "TURNAROUND", zh: "周转" }), align: "right" },
      { title: t({ en: "RESPONSE", zh: "响应" }), align: "right" },
    ],
    cases.map((one) => [nameOf(one), ...means(one.expected)]),
  );
}

function nameOf({ name, algorithm }: Case): string {
  return typeof name === "string" ? name : algorithm;
}

function means({ averages: { waiting, turnaround, response } }: Schedule): string[] {
  return [waiting, turnaround, response].map((value) => value.toFixed(2));
}
