import { ConcurrencyError } from "../errors.ts";

/** A function that another process can run. Arguments and result are copied (structured clone). */
export type TaskFunction = (...args: never[]) => unknown;

/** How a child finds a function: the address of its module, and the name of the export. */
export interface TaskAddress {
  readonly module: string;
  readonly entry: string;
}

/** Checks what a program gave. `where` is for the message. */
export function taskAddress(module: URL, entry: string, where: string): TaskAddress {
  if (!(module instanceof URL)) {
    throw new ConcurrencyError(
      "ERR_CONCURRENCY_OPTION",
      `${where}: module must be a URL such as new URL("./tasks.js", import.meta.url), got ${typeof module}`,
    );
  }
  if (typeof entry !== "string" || entry === "") {
    throw new ConcurrencyError(
      "ERR_CONCURRENCY_OPTION",
      `${where}: expected the name of a function that the module exports, got ${entry === "" ? "none" : typeof entry}`,
    );
  }
  return { module: module.href, entry };
}
