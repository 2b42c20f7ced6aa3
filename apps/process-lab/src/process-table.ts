import { existsSync, readdirSync, readFileSync } from "node:fs";

import { AppError } from "@netloom/app-kit";

/** A line of the system's process table. */
export interface ProcessEntry {
  readonly pid: number;
  /** The parent as it is now. */
  readonly parent: number;
  /** The name of the program, at most 15 characters of it. */
  readonly program: string;
  /** One letter: `R` runs or could, `S` waits, `T` is stopped, `Z` has ended and was not waited for. */
  readonly state: string;
  /** When it was started, in clock ticks since the system was: tells two processes of one pid apart. */
  readonly started: number;
}

/** Fails where the system has no process table that can be read: on anything but Linux. */
export function requireProcessTable(root = "/proc"): void {
  if (existsSync(`${root}/self/stat`)) return;
  throw new AppError({
    en: `this lab reads the process table in ${root}, which this system does not have: run it on Linux`,
    zh: `本实验读取 ${root} 中的进程表，而此系统没有它：请在 Linux 上运行`,
  });
}

/** Reads one line; `undefined` where there is no such process (any more). See proc(5), `/proc/PID/stat`. */
export function readEntry(pid: number): ProcessEntry | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The program's name stands in parentheses and may hold any, and spaces: the last one ends it.
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  return {
    pid,
    program: text.slice(text.indexOf("(") + 1, end),
    state: fields[0] ?? "",
    parent: Number(fields[1]),
    started: Number(fields[19]),
  };
}

/** All children that a process has now, zombies included. */
export function childrenOf(parent: number): ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readEntry(Number(name)) ?? [])
    .filter((entry) => entry.parent === parent);
}

/** Whether it has ended, be it that nobody has waited for it. */
export function hasEnded(pid: number): boolean {
  const entry = readEntry(pid);
  return entry === undefined || entry.state === "Z";
}
