import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SharedFolder } from "../src/shared-folder.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";
import { systemCommand } from "./fixtures/system-command.ts";

/** A shared folder beside things that nobody may reach. */
async function sharedAndSecret(): Promise<{ base: string; shared: string; folder: SharedFolder }> {
  const base = await scratchFolder();
  const shared = join(base, "shared");
  await mkdir(join(shared, "sub"), { recursive: true });
  await mkdir(join(base, "outside"));
  await writeFile(join(shared, "a.txt"), "a");
  await writeFile(join(shared, "sub", "b.txt"), "bb");
  await writeFile(join(base, "secret.txt"), "secret");
  await writeFile(join(base, "outside", "b.txt"), "secret");
  return { base, shared, folder: await SharedFolder.open(shared) };
}

async function contentOf(folder: SharedFolder, name: string): Promise<string> {
  await using file = await folder.openFile(name);
  return file.handle.readFile("utf8");
}

it("opens files by their names, with size and time", async () => {
  const { folder } = await sharedAndSecret();
  expect(await contentOf(folder, "a.txt")).toBe("a");
  await using file = await folder.openFile("sub/b.txt");
  expect(file.size).toBe(2);
  expect(Math.abs(file.mtimeMs - Date.now())).toBeLessThan(60_000);
  expect(Number.isInteger(file.mtimeMs)).toBe(true);
});

it("may be a link itself", async () => {
  const { base, shared } = await sharedAndSecret();
  await symlink("shared", join(base, "door"));
  const folder = await SharedFolder.open(join(base, "door"));
  expect(folder.root).toBe(shared);
  expect(await contentOf(folder, "a.txt")).toBe("a");
});

it("has to be a folder", async () => {
  const { base } = await sharedAndSecret();
  await expect(SharedFolder.open(join(base, "nothing"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(SharedFolder.open(join(base, "secret.txt"))).rejects.toMatchObject({
    code: "ENOTDIR",
  });
});

it.each(["../secret.txt", "sub/../../secret.txt", "/etc/passwd", ".hidden", "a\0.txt", ""])(
  "refuses the name %j for both directions",
  async (name) => {
    const { folder } = await sharedAndSecret();
    const refused = { code: "ERR_TRANSFER_NAME" };
    await expect(folder.openFile(name)).rejects.toMatchObject(refused);
    await expect(folder.receiveFile(name, { overwrite: true })).rejects.toMatchObject(refused);
  },
);

it.each([
  ["a file outside", "../secret.txt", "link"],
  ["a file inside", "a.txt", "link"],
  ["a folder outside", "../outside", "link/b.txt"],
  ["a folder inside", "sub", "link/b.txt"],
  ["the file system", "/", "link/etc/passwd"],
  ["nothing", "nowhere", "link"],
  ["itself", "link", "link"],
])("follows no link to %s", async (_, target, name) => {
  const { shared, folder, base } = await sharedAndSecret();
  await symlink(target, join(shared, "link"));
  await expect(folder.openFile(name)).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_A_FILE" });
  await expect(folder.receiveFile(name, { overwrite: true })).rejects.toMatchObject({
    code: "ERR_TRANSFER_NOT_A_FILE",
  });
  expect(await readFile(join(base, "secret.txt"), "utf8")).toBe("secret");
  expect((await namesIn(base)).filter((found) => found.endsWith(".part"))).toEqual([]);
});

it("opens neither folders nor pipes", async () => {
  const { shared, folder } = await sharedAndSecret();
  systemCommand("mkfifo", join(shared, "pipe"));
  for (const name of ["sub", "pipe"]) {
    await expect(folder.openFile(name)).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_A_FILE" });
    await expect(folder.receiveFile(name, { overwrite: true })).rejects.toMatchObject({
      code: "ERR_TRANSFER_NOT_A_FILE",
    });
  }
});

it("says with the system's words what is not there", async () => {
  const { folder } = await sharedAndSecret();
  await expect(folder.openFile("nothing")).rejects.toMatchObject({ code: "ENOENT" });
  await expect(folder.openFile("a.txt/b")).rejects.toMatchObject({ code: "ENOTDIR" });
  const upload = folder.receiveFile("nowhere/x", { overwrite: false });
  await expect(upload).rejects.toMatchObject({ code: "ENOENT" });
});

it("receives a file, and replaces one only when that is allowed", async () => {
  const { shared, folder } = await sharedAndSecret();
  {
    await using upload = await folder.receiveFile("sub/new.txt", { overwrite: false });
    await upload.part.write(Buffer.from("new"));
    expect(await namesIn(shared)).not.toContain("sub/new.txt");
    await upload.commit(0);
  }
  expect(await contentOf(folder, "sub/new.txt")).toBe("new");
  await expect(folder.receiveFile("a.txt", { overwrite: false })).rejects.toMatchObject({
    code: "ERR_TRANSFER_EXISTS",
  });
  {
    await using upload = await folder.receiveFile("a.txt", { overwrite: true });
    await upload.part.write(Buffer.from("replaced"));
    expect(await contentOf(folder, "a.txt")).toBe("a");
    await upload.commit(0);
  }
  expect(await contentOf(folder, "a.txt")).toBe("replaced");
  expect(await namesIn(shared)).toEqual(["a.txt", "sub", "sub/b.txt", "sub/new.txt"]);
});

it("deletes what was not committed", async () => {
  const { shared, folder } = await sharedAndSecret();
  {
    await using upload = await folder.receiveFile("new.txt", { overwrite: false });
    await upload.part.write(Buffer.from("half"));
  }
  expect(await namesIn(shared)).toEqual(["a.txt", "sub", "sub/b.txt"]);
});

it("keeps the first of two uploads of one name", async () => {
  const { shared, folder } = await sharedAndSecret();
  await using first = await folder.receiveFile("new.txt", { overwrite: false });
  await using second = await folder.receiveFile("new.txt", { overwrite: false });
  await first.part.write(Buffer.from("first"));
  await second.part.write(Buffer.from("second"));
  await first.commit(0);
  await expect(second.commit(0)).rejects.toMatchObject({ code: "ERR_TRANSFER_EXISTS" });
  expect(await readFile(join(shared, "new.txt"), "utf8")).toBe("first");
});

it.each([false, true])(
  "does not write through a link that was planted during the upload (overwrite: %s)",
  async (overwrite) => {
    const { base, shared, folder } = await sharedAndSecret();
    await using upload = await folder.receiveFile("new.txt", { overwrite });
    await upload.part.write(Buffer.from("evil"));
    await symlink("../secret.txt", join(shared, "new.txt"));
    await expect(upload.commit(0)).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_A_FILE" });
    expect(await readFile(join(base, "secret.txt"), "utf8")).toBe("secret");
  },
);

it("does not leave the folder when the way to the file becomes a link during the upload", async () => {
  const { base, shared, folder } = await sharedAndSecret();
  await using upload = await folder.receiveFile("sub/new.txt", { overwrite: true });
  await upload.part.write(Buffer.from("evil"));
  await rename(join(shared, "sub"), join(shared, "sub-old"));
  await symlink("../outside", join(shared, "sub"));
  await expect(upload.commit(0)).rejects.toThrow();
  expect(await namesIn(join(base, "outside"))).toEqual(["b.txt"]);
});

it("does not commit another file than the one that was received", async () => {
  const { base, shared, folder } = await sharedAndSecret();
  await using upload = await folder.receiveFile("new.txt", { overwrite: true });
  await rm(upload.part.path);
  await symlink(join(base, "secret.txt"), upload.part.path);
  await expect(upload.commit(0)).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_A_FILE" });
  await rm(upload.part.path);
  await appendFile(upload.part.path, "planted");
  await expect(upload.commit(0)).rejects.toMatchObject({ code: "ERR_TRANSFER_NOT_A_FILE" });
  expect(await namesIn(shared)).not.toContain("new.txt");
});
