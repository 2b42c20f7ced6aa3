import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run, serve } from "./fixtures/app-process.ts";
import { sha256, someBytes } from "./fixtures/bytes.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

const sizes = [0, 1, 2, 262_143, 262_144, 262_145, 1_048_576, 5_000_011];

it.each(sizes)("sends a file of %i bytes and fetches it again", async (size) => {
  const folder = await scratchFolder();
  const shared = join(folder, "shared");
  await mkdir(shared);
  const content = someBytes(size);
  const source = join(folder, "source.bin");
  await writeFile(source, content);
  await utimes(source, 0, 1_500_000_000.789);
  const { at, app, untilRequests } = await serve(shared, ["--allow-upload"]);

  const put = await run(["put", source, "--as", "there.bin", "--json", ...at]);
  expect(put).toMatchObject({ status: 0 });
  expect(JSON.parse(put.stdout)).toMatchObject({
    type: "put",
    name: "there.bin",
    size,
    sha256: sha256(content),
    mtimeMs: 1_500_000_000_789,
  });
  expect(Buffer.compare(await readFile(join(shared, "there.bin")), content)).toBe(0);

  const got = await run(["get", "there.bin", "-o", "back.bin", "--json", ...at], { cwd: folder });
  expect(got).toMatchObject({ status: 0 });
  expect(JSON.parse(got.stdout)).toMatchObject({
    type: "got",
    name: "there.bin",
    file: join(folder, "back.bin"),
    size,
    sha256: sha256(content),
  });
  expect(Buffer.compare(await readFile(join(folder, "back.bin")), content)).toBe(0);
  expect(Math.floor((await stat(join(folder, "back.bin"))).mtimeMs)).toBe(1_500_000_000_789);

  expect(await namesIn(folder)).toEqual(["back.bin", "shared", "shared/there.bin", "source.bin"]);
  expect(await untilRequests(2)).toMatchObject([
    { op: "put", name: "there.bin", size, sha256: sha256(content) },
    { op: "get", name: "there.bin", size, sha256: sha256(content) },
  ]);
  expect(await app.stop()).toMatchObject({ status: 0, stderr: "" });
});

it("says what it listens on in the first line", async () => {
  const folder = await scratchFolder();
  const { app, port } = await serve(folder);
  const [first = ""] = app.stdout.split("\n");
  expect(first).toBe(
    `{"type":"listening","host":"127.0.0.1","port":${port},"folder":${JSON.stringify(folder)},"allowUpload":false}`,
  );
});

it("moves files with Chinese names, also in folders and in Chinese words", async () => {
  const folder = await scratchFolder();
  const shared = join(folder, "共享");
  await mkdir(join(shared, "文档"), { recursive: true });
  await writeFile(join(shared, "文档", "第一章 序.txt"), "从前");
  const { at } = await serve(shared, ["--allow-upload"]);
  const zh = { cwd: folder, env: { NETLOOM_LANG: "zh" } };

  const got = await run(["get", "文档/第一章 序.txt", ...at], zh);
  expect(got.status).toBe(0);
  expect(got.stdout).toContain("已保存");
  expect(await readFile(join(folder, "第一章 序.txt"), "utf8")).toBe("从前");

  expect(await run(["put", "第一章 序.txt", "--as", "文档/副本.txt", ...at], zh)).toMatchObject({
    status: 0,
  });
  const listed = await run(["list", ...at], zh);
  expect(listed.stdout).toMatch(/ {2}文档\/副本\.txt\n.* {2}文档\/第一章 序\.txt\n2 个文件/);
});

it("lists what there is, in words and as lines of JSON", async () => {
  const folder = await scratchFolder();
  await mkdir(join(folder, "sub"));
  for (const name of ["b.txt", "a.txt", "sub/c.txt", ".hidden"]) {
    await writeFile(join(folder, name), name);
    await utimes(join(folder, name), 0, 1_700_000_000);
  }
  const { at } = await serve(folder);
  const words = await run(["list", ...at], { env: { TZ: "UTC" } });
  expect(words).toEqual({
    status: 0,
    stderr: "",
    stdout: [
      "       5 B  2023-11-14 22:13  a.txt",
      "       5 B  2023-11-14 22:13  b.txt",
      "       9 B  2023-11-14 22:13  sub/c.txt",
      "3 files, 19 B",
      "",
    ].join("\n"),
  });
  const lines = (await run(["list", "--json", ...at])).stdout.trim().split("\n");
  const mtimeMs = 1_700_000_000_000;
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { type: "file", name: "a.txt", size: 5, mtimeMs },
    { type: "file", name: "b.txt", size: 5, mtimeMs },
    { type: "file", name: "sub/c.txt", size: 9, mtimeMs },
    { type: "listed", count: 3, bytes: 19, complete: true, skipped: 0 },
  ]);
});

it("lists more files than go into one message", async () => {
  const folder = await scratchFolder();
  const names = Array.from({ length: 1_000 }, (_, index) => `f${String(index).padStart(4, "0")}`);
  await Promise.all(names.map((name) => writeFile(join(folder, name), "")));
  const { at } = await serve(folder);
  const { stdout } = await run(["list", "--json", ...at]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name?: string });
  expect(lines.map(({ name }) => name)).toEqual([...names, undefined]);
});

it("serves many clients at once", async () => {
  const folder = await scratchFolder();
  const shared = join(folder, "shared");
  await mkdir(shared);
  const content = someBytes(3_000_000);
  await writeFile(join(shared, "a.bin"), content);
  const { at } = await serve(shared, ["--allow-upload"]);
  const indexes = [0, 1, 2, 3, 4, 5];
  const results = await Promise.all(
    indexes.flatMap((index) => [
      run(["get", "a.bin", "-o", `copy${index}`, ...at], { cwd: folder }),
      run(["put", "shared/a.bin", "--as", `up${index}`, ...at], { cwd: folder }),
    ]),
  );
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 0));
  for (const index of indexes) {
    expect(sha256(await readFile(join(folder, `copy${index}`)))).toBe(sha256(content));
    expect(sha256(await readFile(join(shared, `up${index}`)))).toBe(sha256(content));
  }
});

it("tells progress in lines where there is no terminal", async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, "a.bin"), someBytes(4_000_000));
  const { at } = await serve(folder);
  const { stderr } = await run(["get", "a.bin", "-o", "b.bin", ...at], { cwd: folder });
  const lines = stderr.trim().split("\n");
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.length).toBeLessThan(15);
  for (const line of lines) expect(line).toContain("a.bin");
});

it.runIf(process.platform === "linux")(
  "needs no more memory for a large file than for a small one",
  async () => {
    const mebi = 1024 * 1024;
    const size = (process.env["NETLOOM_LONG"] ? 4_000 : 192) * mebi;
    const folder = await scratchFolder();
    const shared = join(folder, "shared");
    await mkdir(shared);
    const source = await open(join(shared, "large"), "w");
    await source.truncate(size);
    await source.write("the end", size - 7);
    await source.close();
    const { at, app } = await serve(shared, ["--allow-upload", "--max-upload-bytes", "4GiB"]);
    expect(await run(["get", "large", ...at], { cwd: folder })).toMatchObject({ status: 0 });
    expect(await run(["put", "large", "--as", "again", ...at], { cwd: folder })).toMatchObject({
      status: 0,
    });
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(join(shared, "again"))) hash.update(chunk as Buffer);
    const [, end] =
      /sha256 (\w+)/.exec(
        (await run(["get", "large", "--force", ...at], { cwd: folder })).stdout,
      ) ?? [];
    expect(hash.digest("hex")).toBe(end);
    const status = await readFile(`/proc/${app.child.pid}/status`, "utf8");
    const peakKib = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
    expect(peakKib).toBeGreaterThan(10_000);
    expect(peakKib).toBeLessThan(170_000);
  },
  300_000,
);
