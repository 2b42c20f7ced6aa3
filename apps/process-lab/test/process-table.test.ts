import { AppError } from "@netloom/app-kit";
import { describe, expect, it } from "vitest";

import { hasEnded, readEntry, requireProcessTable } from "../src/process-table.ts";

describe("the process table", () => {
  it("has this process", () => {
    expect(readEntry(process.pid)).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(hasEnded(process.pid)).toBe(false);
    expect(readEntry(2 ** 30)).toBeUndefined();
  });

  it("is asked for where there is none", () => {
    expect(() => requireProcessTable()).not.toThrow();
    expect(() => requireProcessTable("/nowhere")).toThrow(AppError);
  });
});
