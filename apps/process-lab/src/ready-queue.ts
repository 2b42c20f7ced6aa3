import type { Algorithm, Job, ScheduleParameters } from "./workload.ts";

/** A process of the simulation, while it lives. */
export interface Task {
  readonly job: Job;
  /** Its place in the order of arrival: what settles every tie. */
  readonly order: number;
  /** How long it still needs the processor. */
  remaining: number;
  /** How long it may still run before its quantum is used up. */
  allowance: number;
  /** `mlfq` and `priority-rr`: its queue, 0 the highest. */
  level: number;
}

/** What distinguishes one algorithm from another: who waits in which order. */
export interface ReadyQueue {
  readonly empty: boolean;
  /** A newcomer. */
  arrive(task: Task): void;
  /** The running task has used up its quantum. */
  expire(task: Task): void;
  /** The running task was interrupted before that. */
  interrupt(task: Task): void;
  /** Takes the one to run next. */
  next(): Task | undefined;
  /** Whether somebody who waits is to run instead of this one. */
  preempts(running: Task): boolean;
  /** `mlfq`: moves everything to the highest level. */
  boost?(): void;
}

/** The smallest key first, then the order of arrival. */
export class OrderedQueue implements ReadyQueue {
  readonly #key: (task: Task) => number;
  readonly #preemptive: boolean;
  readonly #tasks: Task[] = [];

  constructor(key: (task: Task) => number, preemptive: boolean) {
    this.#key = key;
    this.#preemptive = preemptive;
  }

  get empty(): boolean {
    return this.#tasks.length === 0;
  }

  arrive(task: Task): void {
    // Keys change only while a task runs, so the list stays sorted.
    const place = this.#tasks.findIndex((other) => this.#compare(task, other) < 0);
    this.#tasks.splice(place === -1 ? this.#tasks.length : place, 0, task);
  }

  expire(task: Task): void {
    this.arrive(task);
  }

  interrupt(task: Task): void {
    this.arrive(task);
  }

  next(): Task | undefined {
    return this.#tasks.shift();
  }

  preempts(running: Task): boolean {
    const [first] = this.#tasks;
    return this.#preemptive && first !== undefined && this.#key(first) < this.#key(running);
  }

  #compare(one: Task, other: Task): number {
    return this.#key(one) - this.#key(other) || one.order - other.order;
  }
}

/** One first-in-first-out queue for each level; a level's quantum is used up in total. */
export class LevelQueues implements ReadyQueue {
  readonly #levels: Task[][];
  readonly #quanta: readonly number[];
  readonly #levelOf: (job: Job) => number;
  readonly #sinks: boolean;
  readonly #preemptive: boolean;

  constructor(options: {
    /** Infinity for a level without a quantum. */
    readonly quanta: readonly number[];
    /** Where a newcomer goes. */
    readonly levelOf: (job: Job) => number;
    /** Whether a used-up quantum leads one level down. */
    readonly sinks: boolean;
    readonly preemptive: boolean;
  }) {
    this.#quanta = options.quanta;
    this.#levels = options.quanta.map(() => []);
    this.#levelOf = options.levelOf;
    this.#sinks = options.sinks;
    this.#preemptive = options.preemptive;
  }

  get empty(): boolean {
    return this.#levels.every((tasks) => tasks.length === 0);
  }

  arrive(task: Task): void {
    this.#enter(task, this.#levelOf(task.job));
  }

  expire(task: Task): void {
    const lower = Math.min(task.level + 1, this.#levels.length - 1);
    this.#enter(task, this.#sinks ? lower : task.level);
  }

  interrupt(task: Task): void {
    this.#levels[task.level]?.unshift(task);
  }

  next(): Task | undefined {
    return this.#levels.find((tasks) => tasks.length > 0)?.shift();
  }

  preempts(running: Task): boolean {
    const highest = this.#levels.findIndex((tasks) => tasks.length > 0);
    return this.#preemptive && highest !== -1 && highest < running.level;
  }

  boost(): void {
    const all = this.#levels.flatMap((tasks) => tasks.splice(0));
    for (const task of all) this.#enter(task, 0);
  }

  #enter(task: Task, level: number): void {
    task.level = level;
    task.allowance = this.#quanta[level] ?? Infinity;
    this.#levels[level]?.push(task);
  }
}

/** The queue of an algorithm. The workload has been checked. */
export function readyQueue(
  algorithm: Algorithm,
  { quantum = Infinity, quanta = [], preemptive = true }: ScheduleParameters,
  jobs: readonly Job[],
): ReadyQueue {
  const priorityOf = ({ priority = 0 }: Job): number => priority;
  switch (algorithm) {
    case "fcfs":
      return new OrderedQueue(() => 0, false);
    case "sjf":
    case "srtf":
      return new OrderedQueue((task) => task.remaining, algorithm === "srtf");
    case "priority":
    case "priority-preemptive":
      return new OrderedQueue(({ job }) => priorityOf(job), algorithm === "priority-preemptive");
    case "rr":
      return new LevelQueues({
        quanta: [quantum],
        levelOf: () => 0,
        sinks: false,
        preemptive: false,
      });
    case "priority-rr": {
      const priorities = [...new Set(jobs.map(priorityOf))].toSorted((a, b) => a - b);
      return new LevelQueues({
        quanta: priorities.map(() => quantum),
        levelOf: (job) => priorities.indexOf(priorityOf(job)),
        sinks: false,
        preemptive: true,
      });
    }
    case "mlfq":
      return new LevelQueues({
        quanta: quanta.map((slice) => slice ?? Infinity),
        levelOf: () => 0,
        sinks: true,
        preemptive,
      });
  }
}
