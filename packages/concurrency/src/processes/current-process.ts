/** What a function can know about the process that it runs in. */
export interface CurrentProcess {
  /** Whether this process was not started by `Process` or `Pool` of this package. */
  readonly isMain: boolean;
  /** The name that it was given; `main` for a main process. */
  readonly name: string;
  readonly pid: number;
  /** The parent as it is now: another one than the starter's once that has ended. */
  readonly parentPid: number;
  /** In a pool: the number of the worker, from 1. A worker that replaces a dead one has its number. */
  readonly workerId: number | undefined;
}

interface Identity {
  readonly name: string;
  readonly workerId?: number | undefined;
}

let identity: Identity | undefined;

/** Says who this process is: done once, before any module of the user is loaded. */
export function setIdentity(given: Identity): void {
  identity = given;
}

/**
 * Tells a function where it runs.
 *
 * A child loads the module of its function from the start, so what stands at the top of that module
 * runs again there. Functions for children stand best in a module of their own; where main program and
 * functions share one, `if (currentProcess().isMain)` keeps the program out of the children.
 *
 * @example
 * import { currentProcess } from "@netloom/concurrency/processes";
 * export function whoAmI(): string {
 *   const { name, pid, workerId } = currentProcess();
 *   return `${name} (${pid}), worker ${workerId}`;
 * }
 */
export function currentProcess(): CurrentProcess {
  return {
    isMain: identity === undefined,
    name: identity?.name ?? "main",
    pid: process.pid,
    parentPid: process.ppid,
    workerId: identity?.workerId,
  };
}
