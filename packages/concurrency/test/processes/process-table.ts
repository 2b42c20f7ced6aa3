import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A line of the process table (`/proc/PID/stat`). */
interface Entry {
  readonly state: string;
  readonly parent: number;
  readonly group: number;
}

export function entry(pid: number): Entry | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before the last parenthesis may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", parent: Number(fields[1]), group: Number(fields[2]) };
  } catch {
    return undefined;
  }
}

/** Whether it runs: an orphan that nobody has reaped yet does not. */
export function isRunning(pid: number): boolean {
  const found = entry(pid);
  return found !== undefined && found.state !== "Z";
}

export async function untilEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await sleep(5);
}

/** Waits until the process is in this state, such as `T` for stopped. */
export async function untilState(pid: number, state: string): Promise<void> {
  while (entry(pid)?.state !== state) await sleep(5);
}

/** Processes that this one has started and that have not ended. */
export function children(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => entry(pid)?.parent === process.pid);
}
