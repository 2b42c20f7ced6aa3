import { ConcurrencyError } from "./errors.ts";

/** What a `Banker` starts from. Row `p` of a matrix is process `p`, column `r` is resource type `r`. */
export interface BankerOptions {
  /** How many units of each resource type are free. Integers from 0. */
  readonly available: readonly number[];
  /** The claim: how many units each process may ever hold at the same time. Integers from 0. */
  readonly maximum: readonly (readonly number[])[];
  /** How many units each process holds already, at most its claim. Default: none. */
  readonly allocation?: readonly (readonly number[])[] | undefined;
}

/**
 * The answer to a request.
 *
 * - `granted`: the units are allocated, and the state is safe;
 * - `must-wait`: fewer units are free than were asked for; nothing has changed;
 * - `unsafe`: enough are free, but giving them could end in a deadlock; nothing has changed, and the
 *   process waits as above;
 * - `exceeds-claim`: more than the process said it would ever hold: its mistake; nothing has changed.
 */
export type BankerOutcome = "granted" | "must-wait" | "unsafe" | "exceeds-claim";

/** What `findDeadlocked` looks at. */
export interface DetectionState {
  /** How many units of each resource type are free. */
  readonly available: readonly number[];
  /** How many units each process holds. */
  readonly allocation: readonly (readonly number[])[];
  /** How many units each process waits for now; all zeros: it does not wait. */
  readonly request: readonly (readonly number[])[];
}

/** 18! is the largest number of orders that a JavaScript number counts exactly. */
const maxCounted = 18;

/**
 * Dijkstra's banker (EWD 108, 1965; for several resource types Habermann, 1969): who says beforehand
 * how much it will need at most is given units only while everybody can still be served to the end,
 * in some order. So no deadlock can come about.
 *
 * @example
 * import { Banker } from "@netloom/concurrency";
 * const banker = new Banker({ available: [10], maximum: [[8], [7]] });
 * console.log(banker.request(0, [5])); // granted
 * console.log(banker.request(1, [4])); // unsafe: 1 would be free, 3 each are still to come
 * banker.release(0, [5]);
 * console.log(banker.request(1, [4])); // granted
 */
export class Banker {
  readonly #available: number[];
  readonly #maximum: readonly (readonly number[])[];
  readonly #allocation: number[][];

  /** Throws `ERR_CONCURRENCY_OPTION` for a state that cannot be, such as an allocation above the claim. */
  constructor({ available, maximum, allocation }: BankerOptions) {
    const width = checkRow(available, undefined, "available").length;
    this.#available = [...available];
    this.#maximum = checkRows(maximum, width, "maximum").map((row) => [...row]);
    this.#allocation =
      allocation === undefined
        ? maximum.map((row) => row.map(() => 0))
        : checkRows(allocation, width, "allocation").map((row) => [...row]);
    if (this.#allocation.length !== this.#maximum.length) {
      throw refused(
        `maximum has ${this.#maximum.length} rows and allocation ${this.#allocation.length}: they must be as many`,
      );
    }
    for (const [process, row] of this.#allocation.entries()) {
      if (!fits(row, this.#claimOf(process))) {
        throw refused(
          `process ${process} holds ${row.join(" ")}, more than its claim ${this.#claimOf(process).join(" ")}`,
        );
      }
    }
  }

  /** How many units of each resource type are free: a copy. */
  get available(): number[] {
    return [...this.#available];
  }

  /** How many units each process holds: a copy. */
  get allocation(): number[][] {
    return this.#allocation.map((row) => [...row]);
  }

  /** How many units each process may still ask for, its claim less what it holds: a copy. */
  get need(): number[][] {
    return this.#allocation.map((row, process) => minus(this.#claimOf(process), row));
  }

  /** Whether everybody can be served to the end in some order. */
  get safe(): boolean {
    return this.safeSequence() !== undefined;
  }

  /**
   * Asks for units; the claim is checked first, then what is free, then safety. Only `granted` changes
   * anything. Throws `ERR_CONCURRENCY_OPTION` for a process that does not exist or a malformed row.
   */
  request(process: number, units: readonly number[]): BankerOutcome {
    const held = this.#rowOf(process);
    checkRow(units, this.#available.length, "units");
    if (!fits(units, minus(this.#claimOf(process), held))) return "exceeds-claim";
    if (!fits(units, this.#available)) return "must-wait";
    move(this.#available, held, units);
    if (this.safe) return "granted";
    move(held, this.#available, units);
    return "unsafe";
  }

  /** Gives units back. Throws `ERR_CONCURRENCY_OPTION` for more than the process holds. */
  release(process: number, units: readonly number[]): void {
    const held = this.#rowOf(process);
    checkRow(units, this.#available.length, "units");
    if (!fits(units, held)) {
      throw refused(
        `process ${process} holds ${held.join(" ")}, it cannot release ${units.join(" ")}`,
      );
    }
    move(held, this.#available, units);
  }

  /**
   * An order in which everybody can be served to the end, or `undefined` in an unsafe state. Any order
   * that exists is as good as another; `lowest-first` always takes the lowest process that can be served
   * now, `circular` goes on from the one just taken. Default: `lowest-first`.
   */
  safeSequence(scan: "lowest-first" | "circular" = "lowest-first"): number[] | undefined {
    const need = this.need;
    const free = this.available;
    const waiting = new Set(need.keys());
    const order: number[] = [];
    let start = 0;
    while (waiting.size > 0) {
      const from = start;
      const candidates = Array.from(need, (_, step) => (from + step) % need.length);
      const next = candidates.find((at) => waiting.has(at) && fits(need[at] ?? [], free));
      if (next === undefined) return undefined;
      add(free, this.#allocation[next] ?? []);
      waiting.delete(next);
      order.push(next);
      start = scan === "circular" ? next + 1 : 0;
    }
    return order;
  }

  /**
   * How many safe sequences there are, counted over all sets of processes rather than all orders. Throws
   * `ERR_CONCURRENCY_OPTION` for more than 18 processes, whose orders a number no longer counts exactly.
   */
  countSafeSequences(): number {
    const need = this.need;
    const processes = need.length;
    if (processes > maxCounted) {
      throw refused(
        `safe sequences are counted for at most ${maxCounted} processes, got ${processes}`,
      );
    }
    // What is free once a set of processes is done depends on the set, not on the order.
    const ways = new Float64Array(2 ** processes);
    ways[0] = 1;
    for (let done = 0; done < ways.length - 1; done++) {
      const count = ways[done] ?? 0;
      if (count === 0) continue;
      const free = this.available;
      for (let at = 0; at < processes; at++) if (has(done, at)) add(free, this.#rowOf(at));
      for (let at = 0; at < processes; at++) {
        if (has(done, at) || !fits(need[at] ?? [], free)) continue;
        const more = done | (1 << at);
        ways[more] = (ways[more] ?? 0) + count;
      }
    }
    return ways[ways.length - 1] ?? 0;
  }

  #claimOf(process: number): readonly number[] {
    return this.#maximum[process] ?? [];
  }

  #rowOf(process: number): number[] {
    const row = this.#allocation[process];
    if (row !== undefined) return row;
    throw refused(`there are ${this.#allocation.length} processes from 0, got ${String(process)}`);
  }
}

/**
 * Finds the processes that wait for each other for ever: those left when no further request can be met
 * while each one that was met gives back what it holds (Coffman, Elphick and Shoshani, 1971). Empty: no
 * deadlock. A process that holds nothing and waits for nothing is never among them.
 *
 * Throws `ERR_CONCURRENCY_OPTION` for matrices that do not belong together.
 */
export function findDeadlocked({ available, allocation, request }: DetectionState): number[] {
  const width = checkRow(available, undefined, "available").length;
  checkRows(allocation, width, "allocation");
  checkRows(request, width, "request");
  if (allocation.length !== request.length) {
    throw refused(
      `allocation has ${allocation.length} rows and request ${request.length}: they must be as many`,
    );
  }
  const free = [...available];
  const stuck = new Set(allocation.keys());
  for (let met = true; met;) {
    met = false;
    for (const process of stuck) {
      if (!fits(request[process] ?? [], free)) continue;
      add(free, allocation[process] ?? []);
      stuck.delete(process);
      met = true;
    }
  }
  return [...stuck];
}

function has(set: number, member: number): boolean {
  return (set & (1 << member)) !== 0;
}

function fits(units: readonly number[], limit: readonly number[]): boolean {
  return units.every((count, type) => count <= (limit[type] ?? 0));
}

function minus(row: readonly number[], less: readonly number[]): number[] {
  return row.map((count, type) => count - (less[type] ?? 0));
}

function add(row: number[], more: readonly number[]): void {
  for (const [type, count] of more.entries()) row[type] = (row[type] ?? 0) + count;
}

function move(from: number[], to: number[], units: readonly number[]): void {
  for (const [type, count] of units.entries()) {
    from[type] = (from[type] ?? 0) - count;
    to[type] = (to[type] ?? 0) + count;
  }
}

function checkRows(
  rows: readonly (readonly number[])[],
  width: number,
  name: string,
): readonly (readonly number[])[] {
  if (!Array.isArray(rows)) throw refused(`${name} must be an array of rows, got ${typeof rows}`);
  for (const [at, row] of rows.entries()) checkRow(row, width, `${name}[${at}]`);
  return rows;
}

function checkRow(
  row: readonly number[],
  width: number | undefined,
  name: string,
): readonly number[] {
  if (!Array.isArray(row) || !row.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw refused(`${name} must be an array of integers from 0, got ${JSON.stringify(row)}`);
  }
  if (width !== undefined && row.length !== width) {
    throw refused(`${name} must have ${width} numbers, one a resource type, got ${row.length}`);
  }
  return row;
}

function refused(message: string): ConcurrencyError {
  return new ConcurrencyError("ERR_CONCURRENCY_OPTION", `Banker: ${message}`);
}
