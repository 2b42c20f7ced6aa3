import { performance } from "node:perf_hooks";
import { fitWidth } from "./display-width.ts";
import type { Translate } from "./language.ts";
import { printable } from "./printable.ts";
import { renderBar, renderEnd, renderStep } from "./progress-text.ts";
import type { StatusLine } from "./status-line.ts";

/** What is being counted, and how it is named. */
export interface ProgressOptions {
  /** What is going on, in the user's language, such as a file name. Cut to fit the terminal. */
  readonly label: string;
  /** How much there is in all, not negative. Without it the size is unknown: no bar, no time left. */
  readonly total?: number | undefined;
  /** What is counted. Default `"items"`. */
  readonly unit?: "bytes" | "items" | undefined;
}

/**
 * Progress of one piece of work. It is cheap to update: call it for every chunk.
 *
 * - On a terminal (standard error): one line with a bar, the share, the rate and the time left,
 *   drawn at most ten times a second.
 * - Elsewhere: a plain line for every tenth of the total (where that is unknown: each time the
 *   amount has doubled) and one at the end, so that a log stays short however long the work is.
 * - Under `--json`: the same moments as lines of
 *   `{"type":"progress","label":…,"done":…,"total":…,"unit":…,"ended":…}` on standard error.
 */
export interface Progress extends Disposable {
  /** Says how much is done in all, from the beginning (not since the last call). */
  update(done: number): void;
  /** Ends it: the last state stays behind as a line. Calling it again does nothing. */
  end(): void;
}

/** Where and how progress is shown. */
export interface ProgressParts {
  readonly mode: "terminal" | "lines" | "json";
  readonly statusLine: StatusLine;
  /** Writes a line to standard error. */
  readonly print: (line: string) => void;
  /** Columns of the terminal. */
  readonly columns: () => number;
  readonly t: Translate;
}

/** A state of the work, as the texts are made from it. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: "bytes" | "items";
  /** Units a second: the recent rate while it runs, the mean once it has ended. */
  readonly rate: number;
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
}

const DRAW_EVERY_MS = 100;
/** Redraws without updates, so that work that has stalled is seen to have stalled. */
const REDRAW_EVERY_MS = 1_000;
/** The rate is a mean that forgets: what happened this long ago weighs a third. */
const RATE_MEMORY_MS = 3_000;
/** Where the total is unknown, the first line appears at this amount. */
const FIRST_STEP = { bytes: 1024 * 1024, items: 16 } as const;

/** Starts to show progress. */
export function createProgress(options: ProgressOptions, parts: ProgressParts): Progress {
  const { total, unit = "items" } = options;
  if (total !== undefined && !(total >= 0)) {
    throw new RangeError(`total must be a number of at least 0, got ${total}`);
  }
  const { mode, statusLine, print, columns, t } = parts;
  // One line, whatever a peer has called its file.
  const label = printable(options.label);
  const startedAt = performance.now();
  let done = 0;
  let ended = false;
  let drawnAt = startedAt;
  let drawnDone = 0;
  let rate = 0;
  let nextStep = total === undefined ? FIRST_STEP[unit] : total / 10;

  const state = (now: number): ProgressState => ({
    label,
    done,
    total,
    unit,
    rate: ended ? (done / Math.max(1, now - startedAt)) * 1000 : rate,
    elapsedMs: now - startedAt,
  });

  const draw = (now: number): void => {
    const interval = now - drawnAt;
    if (interval > 0) {
      const recent = ((done - drawnDone) / interval) * 1000;
      const weight = rate === 0 ? 1 : 1 - Math.exp(-interval / RATE_MEMORY_MS);
      rate += (recent - rate) * weight;
      drawnAt = now;
      drawnDone = done;
    }
    // A full last column makes some terminals wrap: it stays empty.
    const width = Math.max(1, columns() - 1);
    statusLine.set(fitWidth(renderBar(state(now), width, t), width));
  };

  const report = (): void => {
    const now = performance.now();
    if (mode === "json") {
      print(JSON.stringify({ type: "progress", label, done, total, unit, ended }));
    } else {
      print(ended ? renderEnd(state(now), t) : renderStep(state(now)));
    }
  };

  const timer =
    mode === "terminal" ? setInterval(() => draw(performance.now()), REDRAW_EVERY_MS) : undefined;
  timer?.unref();
  if (mode === "terminal") draw(startedAt);

  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    statusLine.clear();
    report();
  };
  return {
    update(now) {
      if (ended || !Number.isFinite(now)) return;
      done = now;
      if (mode === "terminal") {
        const time = performance.now();
        if (time - drawnAt >= DRAW_EVERY_MS) draw(time);
        return;
      }
      // What is complete is said by end().
      if (done < nextStep || (total !== undefined && done >= total)) return;
      report();
      while (nextStep <= done) nextStep += total === undefined ? nextStep : total / 10;
    },
    end,
    [Symbol.dispose]: end,
  };
}
