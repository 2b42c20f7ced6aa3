import { displayWidth, padWidth, printable } from "@netloom/app-kit";

import type { Segment } from "./workload.ts";

/** A row of the chart: boxes above, times below. */
interface Row {
  boxes: string;
  times: string;
}

/**
 * Draws a Gantt chart as text: a box for each segment, as wide as its time where there is room, with its
 * name in it and its times below. A chart that does not fit goes on in further rows.
 *
 * @param columns - width of the terminal
 */
export function ganttChart(segments: readonly Segment[], columns: number): string {
  const scale = fittingScale(segments, columns);
  const rows: Row[] = [];
  let row: Row | undefined;
  for (const segment of segments) {
    const { id, start, end } = segment;
    const name = id === null ? "" : printable(id);
    const time = String(end);
    let width = Math.min(boxWidth(segment, scale), columns - 2);
    if (row === undefined || displayWidth(row.boxes) + width + 1 > columns) {
      row = { boxes: "|", times: String(start) };
      rows.push(row);
      // Two times stand below the first box.
      width = Math.max(width, row.times.length + time.length - 1);
    }
    const left = Math.floor((width - displayWidth(name)) / 2);
    const fill = id === null ? ".".repeat(width) : padWidth(" ".repeat(left) + name, width);
    row.boxes += `${fill}|`;
    row.times = padWidth(row.times, displayWidth(row.boxes) - time.length) + time;
  }
  return rows.map(({ boxes, times }) => `${boxes}\n${times}`).join("\n");
}

/** Columns for one unit of time: as many as let the chart fit into one row, and at most 2. */
function fittingScale(segments: readonly Segment[], columns: number): number {
  const most = 2;
  for (let scale = most; scale > 0.01; scale *= 0.9) {
    const width = segments.reduce((all, segment) => all + boxWidth(segment, scale) + 1, 1);
    if (width <= columns) return scale;
  }
  return Math.min(most, columns / Math.max(segments.at(-1)?.end ?? 0, 1));
}

/** Room for the name with a space at each side, for the time below, and for the time it stands for. */
function boxWidth({ id, start, end }: Segment, scale: number): number {
  const name = id === null ? 0 : displayWidth(printable(id));
  return Math.max(name + 2, String(end).length + 1, Math.round((end - start) * scale) - 1);
}
