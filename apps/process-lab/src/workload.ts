/** The algorithms that `schedule` knows. The rules for every tie stand in the README. */
export const ALGORITHMS = [
  "fcfs",
  "sjf",
  "srtf",
  "priority",
  "priority-preemptive",
  "rr",
  "priority-rr",
  "mlfq",
] as const;

/** One of {@link ALGORITHMS}. */
export type Algorithm = (typeof ALGORITHMS)[number];

/** What is to run. Times are whole numbers in any unit. */
export interface Job {
  /** A name for charts and tables; unique in a workload. */
  readonly id: string;
  /** When it becomes ready, from 0. */
  readonly arrival: number;
  /** How long it needs the processor, from 1. It never blocks. */
  readonly burst: number;
  /** A smaller number is more urgent. Only the priority algorithms read it; they need it. */
  readonly priority?: number | undefined;
}

/** The settings of an algorithm. */
export interface ScheduleParameters {
  /** The time slice of `rr` and `priority-rr`, from 1. They need it. */
  readonly quantum?: number | undefined;
  /**
   * The time slice of each level of `mlfq`, the highest level first; the last may be `null`: runs until it
   * has finished or is interrupted. `mlfq` needs it.
   */
  readonly quanta?: readonly (number | null)[] | undefined;
  /** `mlfq`: at each multiple of this time everything moves to the highest level. Default `null`, never. */
  readonly boost?: number | null | undefined;
  /** `mlfq`: whether a newcomer interrupts a process of a lower level. Default true. */
  readonly preemptive?: boolean | undefined;
}

/** Processes, and how they are to share one processor. */
export interface Workload {
  readonly algorithm: Algorithm;
  readonly params?: ScheduleParameters | undefined;
  readonly processes: readonly Job[];
}

/** A stretch of time on the processor, `start` included and `end` not. */
export interface Segment {
  /** Who ran; `null` where nobody did. */
  readonly id: string | null;
  readonly start: number;
  readonly end: number;
  /** `mlfq`: the level that it ran at, 0 the highest. */
  readonly level?: number | undefined;
}

/** The times of one process. */
export interface JobTimes {
  readonly id: string;
  /** Its first dispatch. */
  readonly start: number;
  readonly finish: number;
  /** `finish - arrival`. */
  readonly turnaround: number;
  /** `turnaround - burst`. */
  readonly waiting: number;
  /** `start - arrival`. */
  readonly response: number;
}

/** Sums or averages over all processes. */
export interface Measures {
  readonly waiting: number;
  readonly turnaround: number;
  readonly response: number;
}

/** What became of a workload. */
export interface Schedule {
  /** In the order of the workload. */
  readonly processes: readonly JobTimes[];
  readonly totals: Measures;
  /** Rounded to 6 decimals. */
  readonly averages: Measures;
  /** When the last one finished. */
  readonly makespan: number;
  /** How long the processor had nothing to do before that. */
  readonly idle: number;
  /** One segment for each dispatch. */
  readonly gantt: readonly Segment[];
  /** Neighbours of the same process joined. */
  readonly ganttMerged: readonly Segment[];
}
