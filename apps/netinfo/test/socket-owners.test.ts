import { rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { FakeProc } from "./fixtures/proc.ts";
import { socketOwners } from "../src/socket-owners.ts";

it("finds every process that holds a wanted socket, and nothing else", async () => {
  using proc = new FakeProc();
  const files = Array.from({ length: 200 }, (_, index) => `/tmp/file ${index}`);
  proc.process(10, "server\0--port\x0080\0", ["/dev/null", "socket:[11]", "pipe:[11]", ...files]);
  proc.process(20, "worker\0", [...files, "socket:[11]", "socket:[11]", "socket:[12]"]);
  proc.process(30, "", ["socket:[13]"]);
  proc.process(40, "other\0", ["socket:[14]", "anon_inode:[eventpoll]", "/tmp/socket:[11]"]);
  const { byInode, denied } = await socketOwners(proc.folder, new Set(["11", "12", "13"]));
  expect(denied).toBe(0);
  expect(Object.fromEntries(byInode)).toEqual({
    11: [
      { pid: 10, command: "server --port 80" },
      { pid: 20, command: "worker" },
    ],
    12: [{ pid: 20, command: "worker" }],
    // A process without a command line has only its name.
    13: [{ pid: 30, command: "[short name]" }],
  });
});

it("reads no more than the beginning of a command line", async () => {
  using proc = new FakeProc();
  proc.process(10, "x".repeat(100_000), ["socket:[11]"]);
  const { byInode } = await socketOwners(proc.folder, new Set(["11"]));
  expect(byInode.get("11")?.[0]?.command).toHaveLength(1024);
});

it("passes over a process that has gone in the meantime, and what is no process", async () => {
  using proc = new FakeProc();
  proc.process(10, "server\0", ["socket:[11]"]);
  writeFileSync(join(proc.folder, "version"), "Linux");
  // Its folder has no "fd": what a process looks like that ends while it is looked at.
  proc.process(20, "gone\0", []);
  rmdirSync(join(proc.folder, "20", "fd"));
  const { byInode, denied } = await socketOwners(proc.folder, new Set(["11"]));
  expect({ found: byInode.size, denied }).toEqual({ found: 1, denied: 0 });
});
