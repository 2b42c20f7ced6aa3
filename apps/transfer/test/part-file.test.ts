import { lstat, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { PartFile } from "../src/part-file.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

const mtimeMs = 1_600_000_000_123;

it("holds the bytes under a hidden name until it is committed", async () => {
  const folder = await scratchFolder();
  const part = await PartFile.create(folder);
  expect(basename(part.path)).toMatch(/^\.netloom-[0-9a-f]{16}\.part$/);
  await part.write(Buffer.from("hello "));
  await part.write(Buffer.from("world"));
  expect(part.size).toBe(11);
  const destination = join(folder, "a.txt");
  await part.commit({ destination, overwrite: false, mtimeMs });
  expect(await namesIn(folder)).toEqual(["a.txt"]);
  expect(await readFile(destination, "utf8")).toBe("hello world");
  expect(Math.floor((await lstat(destination)).mtimeMs)).toBe(mtimeMs);
  await part.discard();
  expect(await namesIn(folder)).toEqual(["a.txt"]);
});

it("leaves nothing when it is discarded, however often", async () => {
  const folder = await scratchFolder();
  const part = await PartFile.create(folder);
  await part.write(Buffer.from("half"));
  await part.discard();
  await part.discard();
  expect(await namesIn(folder)).toEqual([]);
});

it("never replaces a file unless it is told to", async () => {
  const folder = await scratchFolder();
  const destination = join(folder, "a.txt");
  await writeFile(destination, "old");
  const part = await PartFile.create(folder);
  await part.write(Buffer.from("new"));
  await expect(part.commit({ destination, overwrite: false, mtimeMs })).rejects.toMatchObject({
    code: "EEXIST",
  });
  expect(await readFile(destination, "utf8")).toBe("old");
  await part.discard();
  expect(await namesIn(folder)).toEqual(["a.txt"]);

  const second = await PartFile.create(folder);
  await second.write(Buffer.from("new"));
  await second.commit({ destination, overwrite: true, mtimeMs });
  expect(await readFile(destination, "utf8")).toBe("new");
  expect(await namesIn(folder)).toEqual(["a.txt"]);
});

it("does not write through a link that has its name", async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, "target"), "safe");
  const destination = join(folder, "link");
  await symlink("target", destination);
  const part = await PartFile.create(folder);
  await part.write(Buffer.from("new"));
  await expect(part.commit({ destination, overwrite: false, mtimeMs })).rejects.toMatchObject({
    code: "EEXIST",
  });
  await part.discard();

  const second = await PartFile.create(folder);
  await second.write(Buffer.from("new"));
  await second.commit({ destination, overwrite: true, mtimeMs });
  expect((await lstat(destination)).isFile()).toBe(true);
  expect(await readFile(join(folder, "target"), "utf8")).toBe("safe");
});

it("rejects when there is a folder of that name, and leaves it", async () => {
  const folder = await scratchFolder();
  const destination = join(folder, "sub");
  await mkdir(destination);
  const part = await PartFile.create(folder);
  await expect(part.commit({ destination, overwrite: true, mtimeMs })).rejects.toThrow();
  await part.discard();
  expect(await namesIn(folder)).toEqual(["sub"]);
});
