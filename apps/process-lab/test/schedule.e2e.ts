import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { run } from "./fixtures/command.ts";

const vectors = JSON.parse(
  readFileSync(new URL("./vectors/scheduling.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Record<string, unknown>[] };

describe("schedule --json --file", () => {
  it("prints the cases with what was expected of them filled in", async () => {
    const folder = await mkdtemp(join(tmpdir(), "process-lab-"));
    try {
      const cases = vectors.cases.map((one) => ({ ...one, expected: undefined }));
      const file = join(folder, "cases.json");
      await writeFile(file, JSON.stringify({ ...vectors, cases }));
      const { status, stdout, stderr } = await run(["schedule", "--json", "--file", file]);
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout.split("\n")).toHaveLength(2);
      const printed = JSON.parse(stdout) as typeof vectors;
      expect(printed.cases).toHaveLength(97);
      for (const [index, one] of printed.cases.entries()) expect(one).toEqual(vectors.cases[index]);
      expect(printed).toEqual(vectors);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("runs all of them under another algorithm", async () => {
    const file = new URL("./vectors/scheduling.json", import.meta.url).pathname;
    const args = ["schedule", "--json", "--file", file, "--algorithm", "fcfs"];
    const { cases } = JSON.parse((await run(args)).stdout) as typeof vectors;
    const starts = (one: unknown): unknown =>
      (one as { expected: { ganttMerged: { id: string }[] } }).expected.ganttMerged
        .map(({ id }) => id)
        .filter((id) => id !== null);
    for (const { algorithm, processes, ...rest } of cases) {
      expect(algorithm).toBe("fcfs");
      const ordered = (processes as { id: string; arrival: number }[])
        .toSorted((a, b) => a.arrival - b.arrival)
        .map(({ id }) => id);
      expect(starts(rest)).toEqual(ordered);
    }
  });
});

describe("schedule for people", () => {
  it("draws the example under three algorithms, in 80 columns", async () => {
    const { status, stdout } = await run(["schedule"]);
    expect(status).toBe(0);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout.match(/^\|/gm)).toHaveLength(3);
    expect(stdout).toMatch(/^sjf +5\.20 +13\.20 +5\.20$/m);
  });
});
