import { AppError } from "@netloom/app-kit";

import { ALGORITHMS } from "./workload.ts";
import type { Workload } from "./workload.ts";

/** More processes than any chart shows. */
const MAX_PROCESSES = 10_000;
/** Times stay exact, and a simulation ends. */
const MAX_TIME = 1_000_000_000;
const MAX_LEVELS = 1000;
/** Dispatches of one workload, estimated before the simulation starts. */
const MAX_SEGMENTS = 1_000_000;

/** Refuses a workload that makes no sense, whoever wrote it; says where, what was got, what is allowed. */
export function checkWorkload(workload: unknown, where = "workload"): asserts workload is Workload {
  const { algorithm, params = {}, processes } = record(workload, where);
  if (!ALGORITHMS.some((known) => known === algorithm)) {
    fail(`${where}.algorithm`, algorithm, `one of ${ALGORITHMS.join(", ")}`);
  }
  if (!Array.isArray(processes) || processes.length === 0 || processes.length > MAX_PROCESSES) {
    fail(`${where}.processes`, processes, `a list of 1 to ${MAX_PROCESSES} processes`);
  }
  const ids = new Set<unknown>();
  const needsPriority = String(algorithm).startsWith("priority");
  let work = 0;
  for (const [index, one] of processes.entries()) {
    const place = `${where}.processes[${index}]`;
    const { id, arrival, burst, priority } = record(one, place);
    if (typeof id !== "string" || id === "" || ids.has(id)) {
      fail(`${place}.id`, id, "a name that no other process has");
    }
    ids.add(id);
    whole(`${place}.arrival`, arrival, 0);
    whole(`${place}.burst`, burst, 1);
    if (needsPriority) whole(`${place}.priority`, priority, -MAX_TIME);
    work += burst as number;
  }
  const shortest = checkParameters(String(algorithm), record(params, `${where}.params`), where);
  if (processes.length + work / shortest > MAX_SEGMENTS) {
    fail(`${where}.params`, shortest, `time slices that make at most ${MAX_SEGMENTS} dispatches`);
  }
}

/** Gives the shortest stretch after which something may interrupt a process by time alone. */
function checkParameters(
  algorithm: string,
  { quantum, quanta, boost, preemptive }: Readonly<Record<string, unknown>>,
  where: string,
): number {
  if (algorithm === "rr" || algorithm === "priority-rr") {
    return whole(`${where}.params.quantum`, quantum, 1);
  }
  if (algorithm !== "mlfq") return Infinity;
  const place = `${where}.params.quanta`;
  if (!Array.isArray(quanta) || quanta.length === 0 || quanta.length > MAX_LEVELS) {
    fail(place, quanta, `a list of 1 to ${MAX_LEVELS} quanta, the highest level first`);
  }
  const slices = quanta.map((slice: unknown, level) =>
    slice === null && level === quanta.length - 1
      ? Infinity
      : whole(`${place}[${level}]`, slice, 1),
  );
  if (boost !== undefined && boost !== null) slices.push(whole(`${where}.params.boost`, boost, 1));
  if (preemptive !== undefined && typeof preemptive !== "boolean") {
    fail(`${where}.params.preemptive`, preemptive, "true or false");
  }
  return slices.reduce((least, slice) => Math.min(least, slice), Infinity);
}

function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return fail(where, value, "an object");
}

function whole(where: string, value: unknown, min: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= MAX_TIME) {
    return value as number;
  }
  return fail(where, value, `a whole number from ${min} to ${MAX_TIME}`);
}

function fail(where: string, got: unknown, expected: string): never {
  const shown = (JSON.stringify(got) ?? "nothing").slice(0, 60);
  throw new AppError(
    {
      en: `${where}: got ${shown}, expected ${expected}`,
      zh: `${where}：得到 ${shown}，应为 ${expected}`,
    },
    { code: "ERR_APP_USAGE" },
  );
}
