import { describe, expect, test } from "vitest";
import { createProgress } from "../src/progress.ts";
import type { ProgressOptions, ProgressParts, ProgressState } from "../src/progress.ts";
import { renderBar, renderEnd, renderStep } from "../src/progress-text.ts";
import { displayWidth } from "../src/display-width.ts";
import { StatusLine } from "../src/status-line.ts";

const en = (text: { en: string }): string => text.en;

function lines(
  options: ProgressOptions,
  work: (update: (done: number) => void) => void,
  mode: ProgressParts["mode"] = "lines",
): string[] {
  const printed: string[] = [];
  const progress = createProgress(options, {
    mode,
    statusLine: new StatusLine({ write: () => true }),
    print: (line) => void printed.push(line),
    columns: () => 80,
    t: en,
  });
  work((done) => progress.update(done));
  progress.end();
  progress.end();
  progress.update(1);
  return printed;
}

const upTo = (total: number, step: number) => (update: (done: number) => void) => {
  for (let done = 0; done <= total; done += step) update(done);
};

describe("plain lines", () => {
  test("at most one for each tenth, whatever the steps", () => {
    expect(lines({ label: "x", total: 1_000_000 }, upTo(1_000_000, 7))).toHaveLength(10);
    expect(lines({ label: "x", total: 3 }, upTo(3, 1))).toHaveLength(3);
    expect(lines({ label: "x", total: 100 }, upTo(100, 100))).toHaveLength(1);
  });

  test("one for each doubling where the total is unknown", () => {
    const printed = lines({ label: "x", unit: "bytes" }, upTo(64 * 1024 * 1024, 65_536));
    expect(printed.slice(0, -1)).toEqual(
      ["1 MiB", "2 MiB", "4 MiB", "8 MiB", "16 MiB", "32 MiB", "64 MiB"].map(
        (amount) => `x: ${amount}`,
      ),
    );
  });

  test("nothing to do, more than was announced, or a number that is none, end well", () => {
    expect(lines({ label: "x", total: 0 }, (update) => update(0))[0]).toMatch(
      /^x: 100% {2}0\/0 {2}in /,
    );
    expect(lines({ label: "x", total: 10 }, (update) => update(15)).at(-1)).toMatch(
      /^x: 100% {2}15\/10/,
    );
    expect(lines({ label: "x", total: 0 }, (update) => update(5))).toHaveLength(1);
    for (const strange of [Number.NaN, Infinity, -Infinity]) {
      expect(lines({ label: "x" }, (update) => update(strange))).toHaveLength(1);
      expect(lines({ label: "x", total: 5 }, (update) => update(strange))).toHaveLength(1);
    }
  });

  test("a total that is no amount is refused", () => {
    for (const total of [-1, Number.NaN])
      expect(() => lines({ label: "x", total }, () => {})).toThrow(RangeError);
  });

  test("end() where a `using` would call it", () => {
    const printed: string[] = [];
    {
      using progress = createProgress(
        { label: "x", total: 2 },
        {
          mode: "json",
          statusLine: new StatusLine({ write: () => true }),
          print: (line) => void printed.push(line),
          columns: () => 80,
          t: en,
        },
      );
      progress.update(1);
    }
    expect(printed.map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: "progress", label: "x", done: 1, total: 2, unit: "items", ended: false },
      { type: "progress", label: "x", done: 1, total: 2, unit: "items", ended: true },
    ]);
  });
});

describe("texts", () => {
  const state: ProgressState = {
    label: "图片.png",
    done: 4 * 1024 ** 2,
    total: 10 * 1024 ** 2,
    unit: "bytes",
    rate: 2 * 1024 ** 2,
    elapsedMs: 2_000,
  };

  test("the bar with share, amount, rate and time left", () => {
    expect(renderBar(state, 79, en)).toBe(
      "图片.png  [###########-----------------]   40%  4 MiB/10 MiB  2 MiB/s  3 s left",
    );
    expect(renderBar(state, 79, (text) => text.zh)).toMatch(/剩余 3 s$/);
  });

  test("what does not fit gives way: first the label, then the bar", () => {
    for (const label of ["a", "图片.png", "一个非常非常长的文件名，谁也不会想要它.tar.gz"]) {
      for (let width = 60; width <= 200; width++) {
        const text = renderBar({ ...state, label }, width, en);
        expect(displayWidth(text)).toBeLessThanOrEqual(width);
        expect(text).toContain("3 s left");
      }
    }
    expect(renderBar(state, 58, en)).not.toContain("#");
  });

  test("without a total there is neither bar nor share", () => {
    expect(renderBar({ ...state, total: undefined }, 79, en)).toBe("图片.png  4 MiB  2 MiB/s");
    expect(renderStep({ ...state, total: undefined })).toBe("图片.png: 4 MiB");
  });

  test("100% means done", () => {
    expect(renderStep({ ...state, unit: "items", done: 999, total: 1000 })).toBe(
      "图片.png: 99%  999/1000",
    );
    expect(renderEnd({ ...state, unit: "items", done: 7, total: 7, rate: 3.5 }, en)).toBe(
      "图片.png: 100%  7/7  in 2 s (3.5/s)",
    );
  });
});
