import { readFileSync } from "node:fs";

import { ALGORITHMS, schedule } from "@netloom/process-lab";
import type { Algorithm, Job, Schedule, Workload } from "@netloom/process-lab";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const runs = process.env["NETLOOM_LONG"] ? 20_000 : 500;

const { cases } = JSON.parse(
  readFileSync(new URL("./vectors/scheduling.json", import.meta.url), "utf8"),
) as { cases: readonly (Workload & { name: string; expected: Schedule })[] };

describe("workloads with known results", () => {
  for (const { name, expected, ...workload } of cases) {
    it(name, () => expect(schedule(workload)).toEqual(expected));
  }
});

const jobs = fc
  .array(
    fc.record({
      arrival: fc.nat(30),
      burst: fc.integer({ min: 1, max: 12 }),
      priority: fc.integer({ min: -2, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map((job, index): Job => ({ id: `P${index + 1}`, ...job })));

const params = fc.record({
  quantum: fc.integer({ min: 1, max: 6 }),
  quanta: fc
    .array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 })
    .chain((quanta) => fc.constantFrom<(number | null)[]>(quanta, [...quanta, null])),
  boost: fc.option(fc.integer({ min: 1, max: 25 })),
  preemptive: fc.boolean(),
});

function check(
  algorithms: readonly Algorithm[],
  holds: (workload: Workload, result: Schedule) => void,
): void {
  const workload = fc.record({
    algorithm: fc.constantFrom(...algorithms),
    params,
    processes: jobs,
  });
  fc.assert(
    fc.property(workload, (one) => holds(one, schedule(one))),
    { numRuns: runs },
  );
}

describe("whatever the workload", () => {
  it("time has no gap, and everybody gets exactly what they need", () => {
    check(ALGORITHMS, ({ processes }, { gantt, makespan, idle, ...result }) => {
      let now = 0;
      const used = new Map<string | null, number>();
      for (const { id, start, end } of gantt) {
        expect(start).toBe(now);
        expect(end).toBeGreaterThan(start);
        used.set(id, (used.get(id) ?? 0) + end - start);
        now = end;
      }
      expect(now).toBe(makespan);
      expect(used.get(null) ?? 0).toBe(idle);
      for (const [index, { id, arrival, burst }] of processes.entries()) {
        expect(used.get(id)).toBe(burst);
        const own = gantt.filter((segment) => segment.id === id);
        expect(own[0]?.start).toBeGreaterThanOrEqual(arrival);
        expect(result.processes[index]).toEqual({
          id,
          start: own[0]?.start,
          finish: own.at(-1)?.end,
          turnaround: (own.at(-1)?.end ?? 0) - arrival,
          waiting: (own.at(-1)?.end ?? 0) - arrival - burst,
          response: (own[0]?.start ?? 0) - arrival,
        });
      }
    });
  });

  it("the processor is never idle while somebody could run", () => {
    check(ALGORITHMS, ({ processes }, { gantt, ...result }) => {
      for (const { id, start, end } of gantt) {
        if (id !== null) continue;
        for (const [index, { arrival }] of processes.entries()) {
          const finish = result.processes[index]?.finish ?? 0;
          expect(arrival >= end || finish <= start).toBe(true);
        }
      }
    });
  });

  it("who comes first is served first", () => {
    check(["fcfs"], ({ processes }, { gantt }) => {
      const order = processes.toSorted((a, b) => a.arrival - b.arrival).map(({ id }) => id);
      expect(gantt.flatMap(({ id }) => id ?? [])).toEqual(order);
    });
  });

  it("nobody beats the shortest remaining time at the sum of turnarounds", () => {
    check(ALGORITHMS, (workload, { totals }) => {
      const best = schedule({ ...workload, algorithm: "srtf" });
      expect(totals.turnaround).toBeGreaterThanOrEqual(best.totals.turnaround);
    });
  });

  it("round robin gives a ready process its turn after a quantum of each other", () => {
    check(["rr"], ({ processes, params }, { gantt, ...result }) => {
      const most = (processes.length - 1) * (params?.quantum ?? 0);
      for (const [index, { id, arrival }] of processes.entries()) {
        let since = arrival;
        for (const segment of gantt.filter((one) => one.id === id)) {
          expect(segment.start - since).toBeLessThanOrEqual(most);
          expect(segment.end - segment.start).toBeLessThanOrEqual(params?.quantum ?? 0);
          since = segment.end;
        }
        expect(since).toBe(result.processes[index]?.finish);
      }
    });
  });
});
