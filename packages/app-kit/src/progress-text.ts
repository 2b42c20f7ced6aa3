import { displayWidth, fitWidth } from "./display-width.ts";
import type { Translate } from "./language.ts";
import type { ProgressState } from "./progress.ts";
import { formatBytes, formatDuration } from "./quantities.ts";

const BAR = { min: 10, max: 30 } as const;
const MIN_LABEL = 8;

/**
 * The line on a terminal: `notes.txt  [####------]  40%  4 MiB/10 MiB  2 MiB/s  3 s left`.
 *
 * The bar is ASCII on purpose: block characters have an ambiguous width, and terminals set up for
 * Chinese draw them twice as wide.
 */
export function renderBar(state: ProgressState, width: number, t: Translate): string {
  const { label, total, done, rate } = state;
  const facts = [share(state).padStart(4), amount(state), `${quantity(rate, state)}/s`];
  if (total !== undefined && rate > 0 && done < total) {
    const left = formatDuration(Math.ceil((total - done) / rate) * 1000);
    facts.push(t({ en: `${left} left`, zh: `剩余 ${left}` }));
  }
  const right = facts.filter((fact) => fact.trim() !== "").join("  ");
  const room = width - displayWidth(right);
  // Two spaces stand after the label and two after the bar.
  const labelWidth = Math.min(displayWidth(label), Math.max(MIN_LABEL, room - BAR.min - 4));
  const name = fitWidth(label, labelWidth);
  const barWidth = Math.min(BAR.max, room - displayWidth(name) - 4);
  const bar =
    total === undefined || barWidth < BAR.min ? "" : `${drawBar(fraction(state), barWidth)}  `;
  return `${name}  ${bar}${right}`;
}

/** The plain line on the way: `notes.txt: 40%  4 MiB/10 MiB`. */
export function renderStep(state: ProgressState): string {
  return `${state.label}: ${[share(state), amount(state)].filter((fact) => fact !== "").join("  ")}`;
}

/** The line that stays: `notes.txt: 100%  10 MiB/10 MiB  in 5 s (2 MiB/s)`. */
export function renderEnd(state: ProgressState, t: Translate): string {
  const time = formatDuration(state.elapsedMs);
  const rate = `${quantity(state.rate, state)}/s`;
  return `${renderStep(state)}  ${t({ en: `in ${time} (${rate})`, zh: `用时 ${time}（${rate}）` })}`;
}

function fraction({ done, total }: ProgressState): number {
  if (total === undefined) return 0;
  // Nothing to do is done; a file that grew meanwhile is not more than done.
  return total === 0 ? 1 : Math.min(1, Math.max(0, done / total));
}

function share(state: ProgressState): string {
  // Rounded down: 100% means done.
  return state.total === undefined ? "" : `${Math.floor(fraction(state) * 100)}%`;
}

function amount(state: ProgressState): string {
  const done = quantity(state.done, state);
  return state.total === undefined ? done : `${done}/${quantity(state.total, state)}`;
}

function quantity(value: number, { unit }: ProgressState): string {
  return unit === "bytes" ? formatBytes(value) : String(Math.round(value * 10) / 10);
}

function drawBar(part: number, width: number): string {
  const inner = width - 2;
  const filled = Math.floor(part * inner);
  return `[${"#".repeat(filled)}${"-".repeat(inner - filled)}]`;
}
