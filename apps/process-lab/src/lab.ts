import { AppError, formatTable } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";
import type { WaitOptions } from "@netloom/concurrency";
import { Process } from "@netloom/concurrency/processes";
import type { TaskFunction } from "@netloom/concurrency/processes";
import { setTimeout as sleep } from "node:timers/promises";

import { hasEnded, readEntry } from "./process-table.ts";
import type { ProcessEntry } from "./process-table.ts";

/** Longest wait for one thing to happen, in milliseconds: then the lab says that it did not. */
const LIMIT_MS = 30_000;
/** How long an orphan that has ended may wait for process 1, before it is shown as the zombie it is. */
const REAPING_MS = 1000;
/** The table is read so often while something in it is waited for: the system tells nobody else. */
const LOOK_EVERY_MS = 2;

/** Where the functions are that the labs run in other processes. */
export const jobsModule: URL = new URL("./jobs.js", import.meta.url);

const states: Readonly<Record<string, Text>> = {
  R: { en: "R running", zh: "R 运行" },
  S: { en: "S waiting", zh: "S 等待" },
  D: { en: "D waiting (disk)", zh: "D 等待（磁盘）" },
  T: { en: "T stopped", zh: "T 已停止" },
  Z: { en: "Z zombie", zh: "Z 僵尸" },
};

/** One run of a lab: what it says, and what it has started. */
export class Lab {
  readonly #app: App;
  readonly #processes: Process<unknown>[] = [];
  readonly #strangers: ProcessEntry[] = [];

  constructor(app: App) {
    this.#app = app;
    // A second Ctrl-C ends the lab at once: then this is all that can be done.
    process.on("exit", this.#killAll);
  }

  /** For every call that waits. */
  get limits(): WaitOptions {
    return { signal: this.#app.signal, timeoutMs: LIMIT_MS };
  }

  /** Tells what has happened: an event for programs, a line for people. */
  say(event: { readonly type: string; readonly [key: string]: unknown }, text: Text): void {
    this.#app.output.result(event, () => this.#app.t(text));
  }

  /** A line that explains, for people alone. */
  explain(text: Text): void {
    if (!this.#app.output.json) this.#app.output.result(null, this.#app.t(text));
  }

  /**
   * Starts a process that ends with the lab, however the lab ends.
   *
   * @param entry - the name of a function of jobs.ts
   */
  start<F extends TaskFunction>(
    entry: string,
    args: Readonly<Parameters<F>>,
  ): Process<Awaited<ReturnType<F>>> {
    const child = Process.start<F>(jobsModule, entry, args, { daemon: true });
    this.#processes.push(child);
    return child;
  }

  /** The pid of a process that was started; it is known unless the system could not start it. */
  pidOf(child: { readonly pid: number | undefined; readonly name: string }): number {
    if (child.pid !== undefined) return child.pid;
    throw new AppError({
      en: `process ${child.name} could not be started`,
      zh: `无法启动进程 ${child.name}`,
    });
  }

  /** Sees to it that a process which is no child of the lab ends with it. */
  adopt(pid: number): number {
    const entry = readEntry(pid);
    if (entry !== undefined) this.#strangers.push(entry);
    return pid;
  }

  /** Shows lines of the process table as they are at this moment. */
  table(step: string, rows: readonly (readonly [role: Text, pid: number])[]): void {
    const { output, t } = this.#app;
    const found = rows.map(([role, pid]) => ({ role, pid, entry: readEntry(pid) }));
    const event = {
      type: "table",
      step,
      rows: found.map(({ role, pid, entry }) => ({
        role: role.en,
        pid,
        parent: entry?.parent ?? null,
        state: entry?.state ?? null,
      })),
    };
    const gone = t({ en: "gone", zh: "已不在" });
    const parents = new Set(rows.map(([, pid]) => pid));
    const adopted = found.some(({ entry }) => entry?.state === "Z" && !parents.has(entry.parent));
    output.result(event, () =>
      formatTable(
        [
          { title: "" },
          { title: "PID", align: "right" },
          { title: t({ en: "PARENT", zh: "父进程" }), align: "right" },
          { title: t({ en: "STATE", zh: "状态" }) },
        ],
        found.map(({ role, pid, entry }) => {
          const state = entry === undefined ? gone : t(stateText(entry.state));
          return [t(role), String(pid), String(entry?.parent ?? "-"), state];
        }),
      ).replaceAll(/^/gm, "  "),
    );
    if (adopted) {
      this.explain({
        en: "  (Its line is left to the process that adopted it, which has not waited for it yet.)",
        zh: "  （它那一行留给了收养它的进程，后者尚未等待它。）",
      });
    }
  }

  /** Waits until something is seen in the process table; gives the milliseconds that it took. */
  async until(seen: () => boolean, what: Text): Promise<number> {
    const started = performance.now();
    while (!seen()) {
      this.#app.signal.throwIfAborted();
      if (performance.now() - started > LIMIT_MS) {
        throw new AppError({ en: `not seen: ${what.en}`, zh: `没有看到：${what.zh}` });
      }
      await sleep(LOOK_EVERY_MS);
    }
    return performance.now() - started;
  }

  /**
   * Waits until a process has ended and its line has left the table; gives the milliseconds until it had
   * ended. Process 1 of some containers never waits for the orphans it adopts: their lines stay, state Z.
   */
  async untilGone(pid: number, what: Text): Promise<number> {
    const ms = await this.until(() => hasEnded(pid), what);
    const end = performance.now() + REAPING_MS;
    await this.until(() => readEntry(pid) === undefined || performance.now() > end, what);
    return ms;
  }

  /** Ends whatever is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#killAll();
    await Promise.all(this.#processes.map((child) => child[Symbol.asyncDispose]()));
    process.off("exit", this.#killAll);
  }

  readonly #killAll = (): void => {
    for (const { pid, started } of this.#strangers) {
      if (readEntry(pid)?.started === started) process.kill(pid, "SIGKILL");
    }
    for (const child of this.#processes) child.kill();
  };
}

/** Runs a lab to its end, and ends whatever it has started. */
export async function runLab(app: App, run: (lab: Lab) => Promise<void>): Promise<void> {
  await using lab = new Lab(app);
  await run(lab);
}

/** Adds a lab as a command without arguments. */
export function addLab(app: App, name: string, does: Text, run: (lab: Lab) => Promise<void>): void {
  app.program
    .command(name)
    .description(app.t(does))
    .action(() => runLab(app, run));
}

function stateText(state: string): Text {
  return Object.hasOwn(states, state)
    ? (states[state] ?? { en: state, zh: state })
    : { en: state, zh: state };
}
