import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFiles } from "../src/list-files.ts";
import type { ListEnd } from "../src/list-files.ts";
import type { FileEntry } from "../src/protocol.ts";
import { SharedFolder } from "../src/shared-folder.ts";
import { scratchFolder } from "./fixtures/scratch.ts";
import { systemCommand } from "./fixtures/system-command.ts";

async function list(
  folder: string,
  maxEntries = 1_000,
): Promise<{ names: string[]; entries: FileEntry[]; end: ListEnd }> {
  const files = listFiles(await SharedFolder.open(folder), maxEntries);
  const entries: FileEntry[] = [];
  for (;;) {
    const { done, value } = await files.next();
    if (done === true) return { names: entries.map(({ name }) => name), entries, end: value };
    entries.push(value);
  }
}

it("lists files of all folders, ordered, with size and time", async () => {
  const folder = await scratchFolder();
  await mkdir(join(folder, "b", "deep"), { recursive: true });
  await mkdir(join(folder, "empty"));
  for (const name of ["c.txt", "B.txt", "a.txt", "b/2", "b/10", "b/deep/x", "报告.pdf"]) {
    await writeFile(join(folder, name), name);
    await utimes(join(folder, name), 0, 1_600_000_000.5);
  }
  const { names, entries, end } = await list(folder);
  expect(names).toEqual(["B.txt", "a.txt", "b/10", "b/2", "b/deep/x", "c.txt", "报告.pdf"]);
  expect(entries[0]).toEqual({ name: "B.txt", size: 5, mtimeMs: 1_600_000_000_500 });
  expect(entries[6]?.size).toBe(10);
  expect(end).toEqual({ complete: true, skipped: 0 });
});

it("lists an empty folder", async () => {
  expect(await list(await scratchFolder())).toMatchObject({
    names: [],
    end: { complete: true, skipped: 0 },
  });
});

it("leaves out what cannot be fetched, and counts all but what is hidden", async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, "a"), "");
  await writeFile(join(folder, ".hidden"), "");
  await mkdir(join(folder, ".git"));
  await writeFile(join(folder, ".git", "config"), "");
  await writeFile(join(folder, "what?"), "");
  await mkdir(join(folder, "CON"));
  await writeFile(join(folder, "CON", "x"), "");
  await symlink("a", join(folder, "link"));
  await symlink("/", join(folder, "root"));
  systemCommand("mkfifo", join(folder, "pipe"));
  // A name that is no UTF-8, as old archives leave it behind.
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff, 0xfe)]), "");
  expect(await list(folder)).toMatchObject({ names: ["a"], end: { complete: true, skipped: 6 } });
});

it("stops where the limit is, and says so", async () => {
  const folder = await scratchFolder();
  for (let index = 0; index < 10; index++) await writeFile(join(folder, `f${index}`), "");
  expect((await list(folder, 10)).end.complete).toBe(true);
  const { names, end } = await list(folder, 4);
  expect(names).toHaveLength(4);
  expect(end.complete).toBe(false);
});
