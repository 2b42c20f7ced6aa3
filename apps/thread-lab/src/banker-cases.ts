import { AppError } from "@netloom/app-kit";
import type { Text } from "@netloom/app-kit";
import { Banker, findDeadlocked } from "@netloom/concurrency";
import type { BankerOutcome } from "@netloom/concurrency";

/** Whether a state is safe, and in which orders. */
export interface StateDescription {
  readonly safe: boolean;
  /** How many safe sequences there are. */
  readonly sequences: number;
  /** The one that always takes the lowest process; `null` in an unsafe state. */
  readonly lowestFirst: readonly number[] | null;
  /** The one that goes on from the process just taken; `null` in an unsafe state. */
  readonly circular: readonly number[] | null;
}

/** What is filled in for a request. */
export interface SolvedRequest {
  readonly outcome: BankerOutcome | "invalid-state";
  readonly need?: readonly (readonly number[])[];
  readonly initial?: StateDescription;
  readonly after?: StateDescription & {
    readonly available: readonly number[];
    readonly allocation: readonly (readonly number[])[];
  };
}

/** What is filled in for a detection. */
export interface SolvedDetection {
  readonly deadlocked: readonly number[];
}

/** A case of a file: what was there and what was filled in. */
export type SolvedCase = { readonly name?: unknown } & (SolvedRequest | SolvedDetection);

const expected = ["need", "initial", "outcome", "after", "deadlocked"];

/**
 * Fills in the answers of every case of a file `{ cases: [...] }`, whatever stood there before; the rest
 * stays as it is. Throws an `AppError` that names the case that is malformed.
 */
export function solveBankerFile(content: unknown): { readonly cases: readonly SolvedCase[] } {
  if (!isRecord(content) || !Array.isArray(content["cases"])) {
    throw new AppError({
      en: 'expected {"cases": [...]}',
      zh: '应为 {"cases": [...]}',
    });
  }
  return { ...content, cases: content["cases"].map(solveCase) };
}

function solveCase(given: unknown, index: number): SolvedCase {
  const label = isRecord(given) && typeof given["name"] === "string" ? given["name"] : index + 1;
  try {
    if (!isRecord(given)) throw malformed({ en: "expected an object", zh: "应为对象" }, given);
    const kept = Object.fromEntries(
      Object.entries(given).filter(([key]) => !expected.includes(key)),
    );
    if (given["kind"] === "request") return { ...kept, ...solveRequest(given) };
    if (given["kind"] === "detect") return { ...kept, ...solveDetection(given) };
    const kinds = {
      en: 'kind must be "request" or "detect"',
      zh: 'kind 应为 "request" 或 "detect"',
    };
    throw malformed(kinds, given["kind"]);
  } catch (cause) {
    throw new AppError({ en: `case ${label}`, zh: `案例 ${label}` }, { cause });
  }
}

function solveRequest({
  available,
  max,
  allocation,
  process,
  request,
}: Record<string, unknown>): SolvedRequest {
  const maximum = matrix(max, "max");
  const held = matrix(allocation, "allocation");
  // The one state that is well-formed and cannot be; every other refusal is a malformed file.
  if (held.some((row, p) => row.some((units, r) => units > (maximum[p]?.[r] ?? units)))) {
    return { outcome: "invalid-state" };
  }
  const banker = new Banker({ available: row(available, "available"), maximum, allocation: held });
  const initial = describeState(banker);
  const { need } = banker;
  const outcome = banker.request(Number(process), row(request, "request"));
  if (outcome !== "granted") return { need, initial, outcome };
  const after = { available: banker.available, allocation: banker.allocation };
  return { need, initial, outcome, after: { ...after, ...describeState(banker) } };
}

function solveDetection({
  available,
  allocation,
  request,
}: Record<string, unknown>): SolvedDetection {
  return {
    deadlocked: findDeadlocked({
      available: row(available, "available"),
      allocation: matrix(allocation, "allocation"),
      request: matrix(request, "request"),
    }),
  };
}

function describeState(banker: Banker): StateDescription {
  const lowestFirst = banker.safeSequence() ?? null;
  const circular = banker.safeSequence("circular") ?? null;
  const sequences = banker.countSafeSequences();
  return { safe: lowestFirst !== null, sequences, lowestFirst, circular };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function row(value: unknown, name: string): readonly number[] {
  if (Array.isArray(value) && value.every((part) => typeof part === "number")) return value;
  throw malformed({ en: `${name} must be a row of numbers`, zh: `${name} 应为一行数字` }, value);
}

function matrix(value: unknown, name: string): readonly (readonly number[])[] {
  if (Array.isArray(value)) return value.map((part, at) => row(part, `${name}[${at}]`));
  throw malformed({ en: `${name} must be an array of rows`, zh: `${name} 应为若干行` }, value);
}

function malformed({ en, zh }: Text, value: unknown): AppError {
  const got = JSON.stringify(value) ?? "nothing";
  return new AppError({ en: `${en}, got ${got}`, zh: `${zh}，得到 ${got}` });
}
