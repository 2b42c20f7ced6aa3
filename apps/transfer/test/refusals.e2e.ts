import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run, serve } from "./fixtures/app-process.ts";
import { frame, messagesIn, sendRaw } from "./fixtures/raw-peer.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

/** A folder to share, beside what nobody may reach, and one to work in. */
async function folders(): Promise<{ base: string; shared: string; work: string }> {
  const base = await scratchFolder();
  const shared = join(base, "shared");
  const work = join(base, "work");
  await mkdir(join(shared, "sub"), { recursive: true });
  await mkdir(work);
  await writeFile(join(shared, "a.txt"), "a");
  await writeFile(join(base, "secret.txt"), "secret");
  await symlink("../secret.txt", join(shared, "link"));
  await symlink("..", join(shared, "up"));
  return { base, shared, work };
}

const oneLine = /^netloom-transfer: [^\n]+\n$/;

it.each([
  ["missing.txt", 'no file "missing.txt" on the server: "list" shows what there is'],
  ["a.txt/b", 'no file "a.txt/b" on the server'],
  ["../secret.txt", 'the name "../secret.txt" is not allowed: ".." is not allowed'],
  ["sub/../../secret.txt", '".." is not allowed'],
  ["/etc/passwd", "it is an absolute path"],
  ["..\\secret.txt", "it has the character \\"],
  [".hidden", "hidden files are not shared"],
  ["link", '"link" is no regular file of the shared folder'],
  ["up/secret.txt", '"up/secret.txt" is no regular file of the shared folder'],
  ["sub", '"sub" is no regular file'],
  ["NUL", '"NUL" is a device on Windows'],
  ["a\nb", "it has a control character"],
  ["x".repeat(300), "a part is longer than 255 bytes"],
  [`${"x/".repeat(600)}x`, "longer than 1024 bytes"],
])("refuses to get %.40s in one line", async (name, message) => {
  const { shared, work } = await folders();
  const { at, untilRequests } = await serve(shared);
  const { status, stdout, stderr } = await run(["get", name, "-o", "out", ...at], { cwd: work });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(oneLine);
  expect(stderr).toContain(message);
  expect(await namesIn(work)).toEqual([]);
  expect(await untilRequests(1)).toMatchObject([{ op: "get", code: expect.any(String) }]);
});

it.each([
  ["../evil.txt", '".." is not allowed'],
  ["/tmp/evil.txt", "it is an absolute path"],
  [".bashrc", "hidden files are not shared"],
  ["sub/.netloom-0.part", "hidden files are not shared"],
  ["link", '"link" is no regular file'],
  ["up/evil.txt", '"up/evil.txt" is no regular file'],
  ["sub", '"sub" is no regular file'],
  ["nowhere/evil.txt", 'the server has no folder for "nowhere/evil.txt"'],
  ["a.txt", '"a.txt" exists on the server, which does not let uploads replace files'],
])("refuses to put %j in one line", async (name, message) => {
  const { base, shared, work } = await folders();
  await writeFile(join(work, "evil"), "evil");
  const before = await namesIn(base);
  const { at } = await serve(shared, ["--allow-upload"]);
  const { status, stdout, stderr } = await run(["put", "evil", "--as", name, ...at], { cwd: work });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(oneLine);
  expect(stderr).toContain(message);
  expect(await namesIn(base)).toEqual(before);
  expect(await readFile(join(base, "secret.txt"), "utf8")).toBe("secret");
  expect(await readFile(join(shared, "a.txt"), "utf8")).toBe("a");
});

it("takes no uploads unless it was told to", async () => {
  const { shared, work } = await folders();
  await writeFile(join(work, "new.txt"), "new");
  const { at } = await serve(shared);
  const before = await namesIn(shared);
  expect(await run(["put", "new.txt", ...at], { cwd: work })).toEqual({
    status: 1,
    stdout: "",
    stderr:
      "netloom-transfer: the server takes no uploads: it was started without --allow-upload\n",
  });
  expect(await namesIn(shared)).toEqual(before);
});

it("replaces a file of the server only where that is allowed", async () => {
  const { shared, work } = await folders();
  await writeFile(join(work, "a.txt"), "new");
  const { at } = await serve(shared, ["--allow-upload", "--allow-overwrite"]);
  expect(await run(["put", "a.txt", ...at], { cwd: work })).toMatchObject({ status: 0 });
  expect(await readFile(join(shared, "a.txt"), "utf8")).toBe("new");
});

it("takes no upload beyond the limit, and one just within it", async () => {
  const { shared, work } = await folders();
  await writeFile(join(work, "four"), "1234");
  await writeFile(join(work, "five"), "12345");
  const { at } = await serve(shared, ["--allow-upload", "--max-upload-bytes", "4"]);
  expect(await run(["put", "four", ...at], { cwd: work })).toMatchObject({ status: 0 });
  expect(await run(["put", "five", ...at], { cwd: work })).toMatchObject({
    status: 1,
    stderr: 'netloom-transfer: "five" is larger than the server takes: at most 4 B (4)\n',
  });
  expect(await namesIn(shared)).not.toContain("five");
});

it("does not believe a client that sends more than it said", async () => {
  const { shared } = await folders();
  const { port } = await serve(shared, ["--allow-upload", "--max-upload-bytes", "4"]);
  const before = await namesIn(shared);
  const bytes = Buffer.concat([
    frame({ type: "request", op: "put", name: "big", size: 4, mtimeMs: 0 }),
    frame({ type: "data", bytes: Buffer.from("12345") }),
  ]);
  const answers = messagesIn(await sendRaw(port, bytes, true));
  expect(answers).toMatchObject([
    { type: "accept" },
    { type: "error", code: "ERR_TRANSFER_PROTOCOL" },
  ]);
  expect(await namesIn(shared)).toEqual(before);
});

it("replaces no file of the client unless it is told to", async () => {
  const { shared, work } = await folders();
  await writeFile(join(work, "a.txt"), "mine");
  const { at } = await serve(shared);
  const refused = await run(["get", "a.txt", ...at], { cwd: work });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toBe(
    `netloom-transfer: ${join(work, "a.txt")} exists already: --force replaces it, -o saves under another name\n`,
  );
  expect(await readFile(join(work, "a.txt"), "utf8")).toBe("mine");
  expect(await run(["get", "a.txt", "--force", ...at], { cwd: work })).toMatchObject({ status: 0 });
  expect(await readFile(join(work, "a.txt"), "utf8")).toBe("a");
});

it("saves over no folder and no device, even when forced", async () => {
  const { shared, work } = await folders();
  const { at } = await serve(shared);
  for (const output of [work, "/dev/null"]) {
    const { status, stderr } = await run(["get", "a.txt", "--force", "-o", output, ...at]);
    expect(status).toBe(1);
    expect(stderr).toBe(`netloom-transfer: ${output} is no regular file: name a file to save to\n`);
  }
});
