import { displayWidth } from "@netloom/app-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ganttChart } from "../src/gantt-chart.ts";

describe("a chart", () => {
  it("shows names, idle time and times", () => {
    const segments = [
      { id: null, start: 0, end: 3 },
      { id: "P1", start: 3, end: 8 },
      { id: "长", start: 8, end: 10 },
    ];
    expect(ganttChart(segments, 40)).toBe(
      ["|.....|   P1    | 长 |", "0     3         8   10"].join("\n"),
    );
  });

  it("has bars above their times and fits into the columns, whatever it shows", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });
    const property = fc.property(lengths, fc.integer({ min: 20, max: 120 }), (all, columns) => {
      let now = 0;
      const segments = all.map((length, index) => {
        const start = now;
        now += length;
        return { id: index % 5 === 4 ? null : `P${index}`, start, end: now };
      });
      const lines = ganttChart(segments, columns).split("\n");
      const ends: number[] = [];
      for (let row = 0; row < lines.length; row += 2) {
        const [boxes = "", times = ""] = lines.slice(row, row + 2);
        expect(displayWidth(boxes)).toBeLessThanOrEqual(columns);
        expect(times.length).toBeLessThanOrEqual(columns);
        const bars = [...boxes.matchAll(/\|/g)].map(({ index }) => index).slice(1);
        const shown = [...times.matchAll(/\d+/g)].slice(1);
        expect(shown.map(({ index, 0: text }) => index + text.length - 1)).toEqual(bars);
        ends.push(...shown.map(([text]) => Number(text)));
      }
      expect(ends).toEqual(segments.map(({ end }) => end));
    });
    fc.assert(property);
  });
});
