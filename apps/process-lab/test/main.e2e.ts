import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { run } from "./fixtures/command.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "process-lab-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file of cases with this text. */
function file(text: string): string {
  const name = join(folder, "cases.json");
  writeFileSync(name, text);
  return name;
}

describe("wrong arguments: one line, status 2", () => {
  const cases: readonly (readonly [args: string, line: RegExp])[] = [
    ["strat", /unknown command "strat", did you mean start\?/],
    ["start now", /too many arguments/],
    ["pool --workers 0", /--workers <n>: got "0", expected a whole number from 1 to 64/],
    ["pool --tasks many", /--tasks <n>: got "many"/],
    ["schedule --algorithm lottery", /--algorithm <name>: got "lottery", expected one of: fcfs/],
    ["schedule --quantum 0", /--quantum <n>: got "0"/],
  ];
  for (const [args, line] of cases) {
    it(args, async () => {
      const { status, stdout, stderr } = await run(args.split(" "));
      expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^netloom-process-lab: [^\n]+\n$/);
      expect(stderr).toMatch(line);
    });
  }

  const job = { id: "P1", arrival: 0, burst: 3 };
  const files: readonly (readonly [text: string, line: RegExp])[] = [
    ["{", /is not JSON/],
    ["[]", /expected an object with a list "cases"/],
    ['{"cases":[null]}', /cases\[0\]: got null, expected an object/],
    ['{"cases":[{"algorithm":"sjf","processes":[]}]}', /cases\[0\]\.processes: got \[\]/],
    [
      JSON.stringify({ cases: [{ algorithm: "x", processes: [job] }] }),
      /cases\[0\]\.algorithm: got "x", expected one of/,
    ],
    [
      JSON.stringify({ cases: [{ algorithm: "sjf", processes: [{ ...job, burst: 0 }] }] }),
      /cases\[0\]\.processes\[0\]\.burst: got 0, expected a whole number from 1/,
    ],
    [
      JSON.stringify({ cases: [{ algorithm: "sjf", processes: [job, job] }] }),
      /cases\[0\]\.processes\[1\]\.id: got "P1", expected a name that no other process has/,
    ],
    [
      JSON.stringify({ cases: [{ algorithm: "priority", processes: [job] }] }),
      /processes\[0\]\.priority: got nothing/,
    ],
    [
      JSON.stringify({
        cases: [
          { algorithm: "rr", params: { quantum: 1 }, processes: [{ ...job, burst: 9_000_000 }] },
        ],
      }),
      /at most 1000000 dispatches/,
    ],
  ];
  for (const [text, line] of files) {
    it(text.slice(0, 70), async () => {
      const { status, stdout, stderr } = await run(["schedule", "--file", file(text)]);
      expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(line);
    });
  }
});

describe("what cannot be done: one line, status 1", () => {
  it("a file that is not there", async () => {
    const { status, stderr } = await run(["queue", "missing.txt"]);
    expect([status, stderr]).toEqual([
      1,
      "netloom-process-lab: missing.txt does not exist: check the path\n",
    ]);
  });
});

describe("words", () => {
  it("help lists every lab, in English and Chinese", async () => {
    for (const language of ["en", "zh"]) {
      const { status, stdout } = await run(["--help", "--lang", language]);
      expect(status).toBe(0);
      for (const lab of ["start", "isolation", "daemon", "orphan", "zombie", "queue", "pool"]) {
        expect(stdout).toMatch(new RegExp(`^ +${lab}\\b`, "m"));
      }
      expect(/\p{sc=Han}/u.test(stdout)).toBe(language === "zh");
    }
  });

  it("every lab speaks Chinese", async () => {
    for (const lab of ["start", "isolation", "daemon", "orphan", "zombie", "pool", "schedule"]) {
      const { status, stdout } = await run([lab, "--lang", "zh"]);
      expect(status).toBe(0);
      expect(stdout, lab).toMatch(/\p{sc=Han}/u);
    }
  });
});
