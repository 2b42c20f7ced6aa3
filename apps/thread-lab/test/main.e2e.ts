import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { afterAll, describe, expect, it } from "vitest";

import { Command, run, runJson } from "./fixtures/command.ts";

const vectors = join(import.meta.dirname, "vectors", "banker.json");
const folder = mkdtempSync(join(tmpdir(), "netloom-thread-lab-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Vectors {
  cases: Record<string, unknown>[];
}

describe("banker", () => {
  const expected = ["initial", "need", "outcome", "after", "deadlocked"];

  it("fills in the answers of a file, exactly", async () => {
    const known = JSON.parse(readFileSync(vectors, "utf8")) as Vectors;
    const questions = known.cases.map((one) =>
      Object.fromEntries(Object.entries(one).filter(([key]) => !expected.includes(key))),
    );
    const given = file("cases.json", JSON.stringify({ ...known, cases: questions }));
    expect(await runJson("banker", "--file", given)).toEqual([known]);
    // Answers that stand there already change nothing.
    expect(await runJson("banker", "--file", vectors)).toEqual([known]);
  });

  it("shows the textbook's state and what becomes of four requests", async () => {
    const [state, ...requests] = await runJson("banker");
    expect(state).toMatchObject({ type: "state", sequence: [1, 3, 0, 2, 4], sequences: 16 });
    expect(requests.map(({ outcome }) => outcome)).toEqual([
      "granted",
      "must-wait",
      "unsafe",
      "exceeds-claim",
    ]);
  });

  it.each([
    ["no JSON", "{", /is no JSON/],
    ["no cases", "[]", /expected \{"cases": \[\.\.\.\]\}/],
    ["an unknown kind", '{"cases":[{"name":"odd","kind":"?"}]}', /case odd: kind must be/],
    [
      "a malformed row",
      '{"cases":[{"kind":"detect","available":[1],"allocation":[["1"]],"request":[[0]]}]}',
      /case 1: allocation\[0\] must be a row of numbers, got \["1"\]/,
    ],
  ])("says in one line that a file has %s, with status 1", async (name, content, line) => {
    const { status, stdout, stderr } = await run("banker", "--file", file(`${name}.json`, content));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^netloom-thread-lab: [^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  it("names a state that cannot be, and a file that is missing", async () => {
    const one = { kind: "request", available: [1], max: [[1]], allocation: [[2]] };
    const given = file("invalid.json", JSON.stringify({ cases: [one] }));
    expect(await runJson("banker", "--file", given)).toEqual([
      { cases: [{ ...one, outcome: "invalid-state" }] },
    ]);
    const { status, stderr } = await run("banker", "--file", join(folder, "missing.json"));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^netloom-thread-lab: [^\n]*missing\.json[^\n]*\n$/);
  });
});

describe("commands", () => {
  it("start", async () => {
    const events = await runJson("start", "--threads", "3", "--limit", "1000");
    expect(events.map(({ type, count }) => [type, count])).toEqual([
      ["started", 6],
      ["ended", undefined],
      ["left", 0],
    ]);
  });

  it("race, and race with a lock and with atomics", async () => {
    const [plain] = await runJson("race");
    expect(plain).toMatchObject({ type: "race", mode: "plain", threads: 2 });
    expect(plain?.["lostShare"]).toBeGreaterThanOrEqual(0.01);
    for (const mode of ["mutex", "atomic"]) {
      const [event] = await runJson("race", `--${mode}`, "--for", "50ms", "--threads", "3");
      expect(event).toMatchObject({ mode, threads: 3, ms: 50, lost: 0 });
    }
  });

  it("tickets", async () => {
    const events = await runJson("tickets", "--tickets", "5", "--sellers", "2", "--mutex");
    expect(events.map(({ type }) => type)).toEqual(["seller", "seller", "tickets"]);
    expect(events[2]).toMatchObject({ sold: 5, oversold: 0 });
  });

  it("deadlock", async () => {
    const events = await runJson("deadlock", "--limit", "50ms");
    expect(events.map(({ type }) => type)).toEqual(["deadlock", "time-limit", "lock-order"]);
    expect(events[0]).toMatchObject({ cycle: [{ waitsFor: "B" }, { waitsFor: "A" }], left: 0 });
  });

  it("generators: the end, the first value sent in is lost, the list takes more", async () => {
    const events = await runJson("generators", "--count", "500000");
    const [byClass, byGenerator, sent, memory] = events;
    expect(byClass?.["results"]).toEqual(byGenerator?.["results"]);
    expect(sent?.["exchanges"]).toEqual([
      { sent: 100 },
      { sent: 10, received: 10 },
      { sent: 20, received: 15 },
      { sent: 30, received: 20 },
    ]);
    const { list, generator } = memory as unknown as Record<string, { bytes: number; sum: number }>;
    expect(list?.sum).toBe(generator?.sum);
    expect(list?.bytes).toBeGreaterThan(500_000 * 8);
    expect(generator?.bytes).toBeLessThan(500_000);
  });

  it("compare", async () => {
    const [event] = await runJson("compare", "--samples", "10");
    expect(event).toMatchObject({ type: "start-up", unit: "µs", results: { length: 4 } });
  });

  it("speak Chinese when asked", async () => {
    expect((await run("banker", "--lang", "zh")).stdout).toContain("安全");
    expect((await run("--help", "--lang", "zh")).stdout).toContain("制造死锁");
  });
});

describe("wrong arguments: one line, status 2", () => {
  for (const [args, line] of [
    ["race --threads 1", /--threads <n>: got "1", expected a whole number from 2 to 16/],
    ["race --mutex --atomic", /--mutex|--atomic/],
    ["race --for 1h", /--for <time>: got "1h", expected a time from 10ms to 5s/],
    ["deadlock --limit 5", /--limit <time>: got "5", expected a time with its unit/],
    ["compare --samples 9", /from 10 to 1000/],
    ["tickets --sellers many", /--sellers <n>: got "many"/],
    ["rase", /unknown command "rase", did you mean race\?/],
    ["banker cases.json", /too many arguments/],
  ] as const) {
    it(args, async () => {
      const { status, stdout, stderr } = await run(...args.split(" "));
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^netloom-thread-lab: [^\n]+\n$/);
      expect(stderr).toMatch(line);
    });
  }
});

// Before its threads run, while they do, and while a process has been started.
const moments = [100, 300, 700];

describe.runIf(process.platform === "linux")("an interrupted command leaves no process", () => {
  for (const [args, signal, status] of [
    ["race --for 5s", "SIGINT", 130],
    ["deadlock --limit 1m", "SIGTERM", 143],
    ["compare --samples 1000", "SIGTERM", 143],
    ["start --limit 10000000", "SIGINT", 130],
  ] as const) {
    it(`${args}, ${signal}`, async () => {
      for (const ms of moments) {
        const command = new Command(args.split(" "));
        await delay(ms);
        command.child.kill(signal);
        // By the signal itself, if it came before the command listened to any.
        expect([status, signal]).toContain((await command.ended).status);
        while (command.groupStates().length > 0) await delay(1);
      }
    });
  }
});
