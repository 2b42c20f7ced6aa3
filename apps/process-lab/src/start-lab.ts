import { formatTable } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";
import type { Process } from "@netloom/concurrency/processes";

import type * as jobs from "./jobs.ts";
import { addLab } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { waitStatusWord } from "./wait-status.ts";

/** Below this many primes are counted: some milliseconds of work. */
const PRIMES_BELOW = 100_000;
const EXIT_STATUS = 7;

interface Ended {
  readonly name: string;
  readonly pid: number;
  readonly exit: string;
  readonly word: string;
  readonly joined: string;
}

/** Adds `netloom-process-lab start`. */
export function addStartLab(app: App): void {
  const does = {
    en: "start processes, wait for them, end them; exit status and wait word",
    zh: "启动、等待、结束进程；退出状态与 wait 状态字",
  };
  addLab(app, "start", does, async (lab) => {
    const ended = [
      await watch(
        lab,
        "returns",
        lab.start<typeof jobs.countPrimesAndTell>("countPrimesAndTell", [PRIMES_BELOW]),
      ),
      await watch(lab, "throws", lab.start<typeof jobs.failWithCause>("failWithCause", [])),
      await watch(lab, "exits", lab.start<typeof jobs.exitWith>("exitWith", [EXIT_STATUS])),
      await watch(lab, "terminated", lab.start<typeof jobs.spin>("spin", []), (child) =>
        child.terminate(),
      ),
      await watch(lab, "killed", lab.start<typeof jobs.spin>("spin", []), (child) => child.kill()),
    ];
    lab.explain({
      en: "\nHow each has ended, and the word that wait() gives a parent in C (status << 8, or the signal):",
      zh: "\n各进程如何结束，以及 C 语言中 wait() 给父进程的状态字（状态 << 8，或信号编号）：",
    });
    lab.explain(bothTables(ended));
  });
}

async function watch(
  lab: Lab,
  name: string,
  child: Process<unknown>,
  end?: (child: Process<unknown>) => void,
): Promise<Ended> {
  const pid = lab.pidOf(child);
  const aliveAtStart = child.alive;
  lab.say(
    { type: "started", name, pid, parentPid: child.parentPid, alive: aliveAtStart },
    {
      en: `${name}: pid ${pid}, parent ${child.parentPid}, alive: ${aliveAtStart ? "yes" : "no"}`,
      zh: `${name}：进程号 ${pid}，父进程 ${child.parentPid}，存活：${aliveAtStart ? "是" : "否"}`,
    },
  );
  end?.(child);
  const outcome = await child.join(lab.limits).then(
    (result) => ({ result }),
    (error: Error & { readonly code?: string }) => ({ error }),
  );
  // A join that was cut short: the lab itself is to end.
  const { exit } = child;
  if (exit === undefined)
    throw "error" in outcome ? outcome.error : new Error("join came too early");
  const word = waitStatusWord(exit);
  const told = {
    exit: exit.signal ?? String(exit.code),
    word: `0x${word.toString(16).padStart(4, "0")}`,
    joined: "error" in outcome ? describe(outcome.error) : JSON.stringify(outcome.result),
  };
  lab.say(
    {
      type: "ended",
      name,
      pid,
      alive: child.alive,
      exitStatus: exit.code,
      signal: exit.signal,
      waitStatus: word,
      ...("error" in outcome ? { error: toPlain(outcome.error) } : { result: outcome.result }),
    },
    {
      en: `  join: ${told.joined}; alive: ${child.alive ? "yes" : "no"}`,
      zh: `  join：${told.joined}；存活：${child.alive ? "是" : "否"}`,
    },
  );
  return { name, pid, ...told };
}

function bothTables(ended: readonly Ended[]): { readonly en: string; readonly zh: string } {
  const table = (titles: readonly string[]): string =>
    formatTable(
      titles.map((title) => ({ title })),
      ended.map(({ name, pid, exit, word }) => [name, String(pid), exit, word]),
    ).replaceAll(/^/gm, "  ");
  return {
    en: table(["", "PID", "STATUS OR SIGNAL", "WAIT WORD"]),
    zh: table(["", "进程号", "状态或信号", "状态字"]),
  };
}

function describe(error: Error & { readonly code?: string }): string {
  const cause =
    error.cause instanceof Error ? ` (${error.cause.name}: ${error.cause.message})` : "";
  return `${error.name} ${error.code ?? ""}: ${error.message}${cause}`;
}

function toPlain({ name, code, message, cause }: Error & { readonly code?: string }): object {
  return { name, code, message, cause: cause instanceof Error ? cause.message : undefined };
}
