import { describe, expect, it } from "vitest";

import { runLab } from "./fixtures/command.ts";
import type { LabEvent } from "./fixtures/command.ts";

interface Row {
  readonly role: string;
  readonly pid: number;
  readonly parent: number | null;
  readonly state: string | null;
}

/** The one event of this type. */
function only(events: readonly LabEvent[], type: string): LabEvent {
  const found = events.filter((event) => event.type === type);
  expect(found).toHaveLength(1);
  return found[0] as LabEvent;
}

function table(events: readonly LabEvent[], step: string): readonly [first: Row, second: Row] {
  const found = events.find((event) => event.type === "table" && event["step"] === step);
  return found?.["rows"] as readonly [Row, Row];
}

/** Not there any more, or left as a zombie to the process that adopts orphans. */
function expectEnded({ state }: Row): void {
  expect([null, "Z"]).toContain(state);
}

describe("start", () => {
  it("shows every way to end, with the wait word", async () => {
    const events = await runLab(["start"]);
    const started = events.filter(({ type }) => type === "started");
    const ended = events.filter(({ type }) => type === "ended");
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(5);
    expect(new Set(started.map(({ parentPid }) => parentPid)).size).toBe(1);
    expect(started.map(({ alive }) => alive)).toEqual([true, true, true, true, true]);
    expect(ended.map(({ alive }) => alive)).toEqual([false, false, false, false, false]);
    expect(
      ended.map(({ name, exitStatus, signal, waitStatus }) => [
        name,
        exitStatus,
        signal,
        waitStatus,
      ]),
    ).toEqual([
      ["returns", 0, null, 0],
      ["throws", 1, null, 0x100],
      ["exits", 7, null, 0x700],
      ["terminated", null, "SIGTERM", 15],
      ["killed", null, "SIGKILL", 9],
    ]);
    expect(ended[0]?.["result"]).toEqual({
      pid: started[0]?.["pid"],
      parentPid: started[0]?.["parentPid"],
      primes: 9592,
    });
    expect(ended[1]?.["error"]).toMatchObject({
      name: "TypeError",
      code: "ERR_LINE",
      cause: "the page has 3 lines, not 7",
    });
  });
});

describe("isolation", () => {
  it("children change their copies, the parent's stays 100", async () => {
    const events = await runLab(["isolation"]);
    const seen = events.map(({ type, value, before, after }) => [type, value ?? before, after]);
    expect(seen).toEqual([
      ["parent", 100, undefined],
      ["child", 100, 111],
      ["child", 100, 150],
      ["parent", 100, undefined],
    ]);
    expect(new Set(events.map(({ pid }) => pid)).size).toBe(3);
  });
});

describe("daemon", () => {
  it("a busy daemon ends with its killed parent", async () => {
    const events = await runLab(["daemon"]);
    const [parent, daemon] = table(events, "running");
    expect(daemon.parent).toBe(parent.pid);
    expect(["R", "S"]).toContain(daemon.state);
    const killed = only(events, "killed");
    expect([killed["pid"], killed["daemonPid"]]).toEqual([parent.pid, daemon.pid]);
    for (const row of table(events, "after")) expectEnded(row);
  });
});

describe("orphan", () => {
  it("is adopted, and a daemon is not left", async () => {
    const events = await runLab(["orphan"]);
    const [parent, child] = table(events, "family");
    expect(child.parent).toBe(parent.pid);
    const orphan = only(events, "orphan");
    expect(orphan).toMatchObject({ pid: child.pid, formerParent: parent.pid });
    const [gone, alive] = table(events, "orphan");
    expectEnded(gone);
    expect(alive).toMatchObject({ pid: child.pid, parent: orphan["parent"] });
    expect(alive.parent).not.toBe(parent.pid);
    expect(["R", "S"]).toContain(alive.state);
    for (const row of table(events, "prevented")) expectEnded(row);
  });
});

describe("zombie", () => {
  it("is seen, and cured in two ways", async () => {
    const events = await runLab(["zombie"]);
    const [stopped, alive] = table(events, "stopped");
    expect([stopped.state, alive.parent]).toEqual(["T", stopped.pid]);
    const [parent, zombie] = table(events, "zombie");
    expect(parent).toEqual(stopped);
    expect(zombie).toEqual({ ...alive, state: "Z" });
    const [, waited] = table(events, "waited");
    expect([waited.pid, waited.state]).toEqual([zombie.pid, null]);
    const [grandparent, adopted] = table(events, "adopted");
    expect(grandparent.state).toBe("T");
    expect(adopted.parent).not.toBe(grandparent.pid);
    const cures = events.filter(({ type }) => type === "prevented");
    expect(cures.map(({ by }) => by)).toEqual(["waiting", "second generation"]);
    expect(cures[1]?.["zombies"]).toBe(0);
    expectEnded(table(events, "second generation")[1]);
  });
});

describe("queue", () => {
  it("downloads in one process and analyses in another, in order", async () => {
    const files = ["README.md", "package.json", "test/vectors/scheduling.json", "tsconfig.json"];
    const events = await runLab(["queue", ...files]);
    const started = only(events, "started");
    expect(started["downloader"]).not.toBe(started["analyser"]);
    for (const [type, pid] of [
      ["downloaded", started["downloader"]],
      ["analysed", started["analyser"]],
    ] as const) {
      const of = events.filter((event) => event.type === type);
      expect(of.map(({ name }) => name)).toEqual(files.map((file) => file.split("/").at(-1)));
      expect(new Set(of.map((event) => event["pid"]))).toEqual(new Set([pid]));
    }
    expect(only(events, "summary")).toMatchObject({ texts: 4, left: 0 });
    const size = events.find(({ name }) => name === "scheduling.json");
    expect(size?.["bytes"]).toBe(134_009);
  });
});

describe("pool", () => {
  it("uses numbers again, gives results and errors back, replaces the dead", async () => {
    const events = await runLab(["pool", "--workers", "2", "--tasks", "8"]);
    const { size, tasks } = only(events, "results") as unknown as {
      size: number;
      tasks: { task: number; worker: number; pid: number; primes: number }[];
    };
    expect([size, tasks.map(({ task }) => task)]).toEqual([2, [1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(tasks.map(({ primes }) => primes).slice(0, 5)).toEqual([2262, 4203, 6057, 7837, 9592]);
    const pidOf = new Map(tasks.map(({ worker, pid }) => [worker, pid]));
    expect([...pidOf.keys()].toSorted((a, b) => a - b)).toEqual([1, 2]);
    for (const { worker, pid } of tasks) expect(pid).toBe(pidOf.get(worker));
    expect(only(events, "error")).toMatchObject({ name: "TypeError", code: "ERR_LINE" });
    expect(only(events, "death")).toMatchObject({ code: "ERR_CONCURRENCY_EXITED" });
    const { before, same, after } = only(events, "replaced") as unknown as Record<
      string,
      { worker: number; pid: number }
    >;
    expect(same).toEqual(before);
    expect(after?.worker).toBe(before?.worker);
    expect(after?.pid).not.toBe(before?.pid);
  });
});
