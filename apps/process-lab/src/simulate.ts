/**
 * One processor, one clock that jumps from event to event.
 *
 * What happens at one instant happens in this order, as the README's rules say: (1) a burst ends,
 * (2) newcomers enter, (3) a quantum ends, (4) the boost, (5) preemption, (6) dispatch. So a newcomer
 * stands before the process whose quantum ends at the same instant.
 */
import { checkWorkload } from "./check-workload.ts";
import { readyQueue } from "./ready-queue.ts";
import type { ReadyQueue, Task } from "./ready-queue.ts";
import type { Job, JobTimes, Measures, Schedule, Segment, Workload } from "./workload.ts";

/**
 * Runs a workload under its algorithm: exact times, for any whole numbers.
 *
 * Throws an `AppError` (`ERR_APP_USAGE`) for a workload that makes no sense.
 *
 * @example
 * import { schedule } from "@netloom/process-lab";
 * const { averages, ganttMerged } = schedule({
 *   algorithm: "rr",
 *   params: { quantum: 4 },
 *   processes: [
 *     { id: "P1", arrival: 0, burst: 24 },
 *     { id: "P2", arrival: 0, burst: 3 },
 *   ],
 * });
 * console.log(averages.waiting, ganttMerged);
 */
export function schedule(workload: Workload): Schedule {
  checkWorkload(workload);
  const { algorithm, params = {}, processes } = workload;
  const queue = readyQueue(algorithm, params, processes);
  const isMlfq = algorithm === "mlfq";
  const boost = isMlfq ? (params.boost ?? Infinity) : Infinity;
  const run = simulate(processes, queue, boost, isMlfq);
  return measure(processes, run);
}

interface Run {
  readonly gantt: readonly Segment[];
  readonly starts: ReadonlyMap<Job, number>;
  readonly finishes: ReadonlyMap<Job, number>;
}

function simulate(jobs: readonly Job[], queue: ReadyQueue, boost: number, showLevel: boolean): Run {
  const arrivals = jobs
    .map((job, index) => ({ job, index }))
    .toSorted((a, b) => a.job.arrival - b.job.arrival || a.index - b.index)
    .map(({ job }, order): Task => ({
      job,
      order,
      remaining: job.burst,
      allowance: Infinity,
      level: 0,
    }));
  const gantt: Segment[] = [];
  const starts = new Map<Job, number>();
  const finishes = new Map<Job, number>();
  let arrived = 0;
  let now = 0;
  let since = 0;
  let running: Task | undefined;

  /** Takes the running task from the processor. */
  const stop = (task: Task): Task => {
    const level = showLevel ? { level: task.level } : {};
    gantt.push({ id: task.job.id, start: since, end: now, ...level });
    running = undefined;
    return task;
  };

  while (finishes.size < jobs.length) {
    const newcomer = arrivals[arrived];
    const next = Math.min(
      newcomer?.job.arrival ?? Infinity,
      running === undefined ? Infinity : now + Math.min(running.remaining, running.allowance),
      // While nobody is there a boost changes nothing.
      running === undefined ? Infinity : boostAfter(now, boost),
    );
    if (running !== undefined) {
      running.remaining -= next - now;
      running.allowance -= next - now;
    } else if (next > now) {
      gantt.push({ id: null, start: now, end: next });
    }
    now = next;

    if (running?.remaining === 0) finishes.set(stop(running).job, now);
    for (let task = arrivals[arrived]; task?.job.arrival === now; task = arrivals[arrived]) {
      queue.arrive(task);
      arrived++;
    }
    if (running?.allowance === 0) queue.expire(stop(running));
    if (queue.boost !== undefined && now > 0 && now % boost === 0) {
      if (running !== undefined) queue.interrupt(stop(running));
      queue.boost();
    }
    if (running !== undefined && queue.preempts(running)) queue.interrupt(stop(running));
    if (running === undefined) {
      running = queue.next();
      since = now;
      if (running !== undefined && !starts.has(running.job)) starts.set(running.job, now);
    }
  }
  return { gantt, starts, finishes };
}

/** The first multiple of `boost` after `now`. */
function boostAfter(now: number, boost: number): number {
  return boost === Infinity ? Infinity : (Math.floor(now / boost) + 1) * boost;
}

function measure(jobs: readonly Job[], { gantt, starts, finishes }: Run): Schedule {
  const processes = jobs.map((job): JobTimes => {
    const start = starts.get(job) ?? 0;
    const finish = finishes.get(job) ?? 0;
    const turnaround = finish - job.arrival;
    return {
      id: job.id,
      start,
      finish,
      turnaround,
      waiting: turnaround - job.burst,
      response: start - job.arrival,
    };
  });
  const sum = (key: keyof Measures): number => processes.reduce((all, one) => all + one[key], 0);
  const totals = {
    waiting: sum("waiting"),
    turnaround: sum("turnaround"),
    response: sum("response"),
  };
  const average = (key: keyof Measures): number =>
    Number((totals[key] / processes.length).toFixed(6));
  return {
    processes,
    totals,
    averages: {
      waiting: average("waiting"),
      turnaround: average("turnaround"),
      response: average("response"),
    },
    makespan: gantt.at(-1)?.end ?? 0,
    idle: gantt.reduce((all, { id, start, end }) => (id === null ? all + end - start : all), 0),
    gantt,
    ganttMerged: merge(gantt),
  };
}

function merge(gantt: readonly Segment[]): Segment[] {
  const merged: Segment[] = [];
  for (const { id, start, end } of gantt) {
    const last = merged.at(-1);
    if (last?.id === id) merged[merged.length - 1] = { id, start: last.start, end };
    else merged.push({ id, start, end });
  }
  return merged;
}
