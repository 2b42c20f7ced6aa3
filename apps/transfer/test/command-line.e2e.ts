import { once } from "node:events";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import net from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, serve } from "./fixtures/app-process.ts";
import { someBytes } from "./fixtures/bytes.ts";
import { rawServer } from "./fixtures/raw-peer.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";
import { canMount, mountSmallDisk } from "./fixtures/small-disk.ts";

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const oneLine = /^netloom-transfer: [^\n]+\n$/;

describe("wrong arguments: one line, status 2", () => {
  it.each([
    [["serve"], "missing argument <folder>"],
    [["get"], "missing argument <name>"],
    [["put"], "missing argument <file>"],
    [["fetch"], 'unknown command "fetch"'],
    [["get", "a", "b"], "too many arguments"],
    [["list", "--bogus"], "unknown option --bogus"],
    [["list", "--port", "70000"], 'got "70000", expected a whole number from 1 to 65535'],
    [["list", "--port", "0"], "expected a whole number from 1 to 65535"],
    [["serve", ".", "--port", "x"], 'got "x", expected a whole number from 0 to 65535'],
    [["serve", ".", "--max-upload-bytes", "-1"], "expected an amount of bytes"],
    [["serve", ".", "--max-upload-bytes", "much"], "expected an amount of bytes"],
    [["get", "a", "--timeout", "5"], "expected a time with its unit"],
    [["get", "a", "--timeout", "0s"], "expected a time longer than 0"],
    [["get", "a", "-o"], "needs a value"],
    [["serve", ".", "--allow-overwrite"], "--allow-overwrite needs --allow-upload"],
    [["serve", ".", "--host", ""], 'got "", expected an address'],
    [["list", "--host", ""], 'got "", expected an address'],
  ])("%j", async (args, text) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(text);
  });
});

it("explains itself in both languages", async () => {
  for (const command of [[], ["serve"], ["list"], ["get"], ["put"]]) {
    const en = await run([...command, "--help"]);
    const zh = await run([...command, "--help", "--lang", "zh"]);
    expect([en.status, zh.status]).toEqual([0, 0]);
    expect(en.stdout).toMatch(/^Usage: netloom-transfer/);
    expect(en.stdout).not.toMatch(/\p{Script=Han}/u);
    expect(zh.stdout).toMatch(/\p{Script=Han}/u);
  }
});

describe("what cannot be done: one line, status 1", () => {
  it("a port that is in use", async () => {
    const folder = await scratchFolder();
    const { port } = await serve(folder);
    const { status, stdout, stderr } = await run(["serve", folder, "--port", String(port)]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`127.0.0.1:${port} is already in use`);
  });

  it("an address that is not ours", async () => {
    const folder = await scratchFolder();
    const { status, stderr } = await run(["serve", folder, "--host", "192.0.2.1", "--port", "0"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain("is not an address of this machine");
  });

  it("a folder that is not there, or is a file", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "file"), "");
    for (const [name, text] of [
      ["nothing", "does not exist"],
      ["file", "is not a folder"],
    ] as const) {
      const { status, stderr } = await run(["serve", join(folder, name), "--port", "0"]);
      expect(status).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(text);
    }
  });

  it("a server that is not there", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    server.close();
    await once(server, "close");
    const folder = await scratchFolder();
    await writeFile(join(folder, "a"), "a");
    for (const args of [["list"], ["get", "b"], ["put", "a"]]) {
      const { status, stderr } = await run([...args, "--port", String(port)], { cwd: folder });
      expect(status).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(`127.0.0.1:${port} refused the connection`);
    }
  });

  it("a host that does not exist", async () => {
    const { status, stderr } = await run(["list", "--host", "no-such-host.invalid"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(oneLine);
    // Without a network the name server cannot be asked, which is said in other words.
    expect(stderr).toMatch(/host no-such-host\.invalid (not found|could not be looked up)/);
  });

  it("a file to send that is not there, or is a folder", async () => {
    const folder = await scratchFolder();
    const port = await rawServer(() => {});
    for (const [name, text] of [
      ["nothing", "does not exist"],
      [".", "is no regular file: only files are sent"],
    ] as const) {
      const { status, stderr } = await run(["put", name, "--port", String(port)], { cwd: folder });
      expect(status).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(text);
    }
  });

  it("a folder to save in that is not there", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "a"), "a");
    const { at } = await serve(folder);
    const { status, stderr } = await run(["get", "a", "-o", "no/where", ...at], { cwd: folder });
    expect(status).toBe(1);
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`cannot write ${join(folder, "no/where")}: `);
    expect(await namesIn(folder)).toEqual(["a"]);
  });

  it.runIf(isRoot)("no permission, at either end", async () => {
    const folder = await scratchFolder();
    await chmod(folder, 0o755);
    await writeFile(join(folder, "open"), "open");
    await writeFile(join(folder, "closed"), "closed", { mode: 0o600 });
    const work = join(folder, "work");
    await mkdir(work, { mode: 0o755 });
    const options = { cwd: work, uid: nobody };
    const { at } = await serve(folder, ["--allow-upload"], { uid: nobody });

    for (const [args, text] of [
      [["get", "closed"], 'the other side has no permission for "closed"'],
      [["get", "open"], `cannot write ${join(work, "open")}: no permission for `],
      [["put", "../closed"], `cannot read ${join(folder, "closed")}: no permission for `],
      [["put", "../open", "--as", "new"], 'the other side has no permission for "new"'],
    ] as const) {
      const { status, stderr } = await run([...args, ...at], options);
      expect(status).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(text);
    }
    await mkdir(join(folder, "private"), { mode: 0o700 });
    const served = await run(["serve", join(folder, "private", "x"), "--port", "0"], options);
    expect(served.status).toBe(1);
    expect(served.stderr).toMatch(oneLine);
    expect(served.stderr).toContain("no permission for");
  });

  const mounts = canMount();
  if (!mounts) console.warn("no disk can be mounted here: the tests of a full disk are skipped");

  it.runIf(mounts)("a full disk, at either end; nothing is left on it", async () => {
    const folder = await scratchFolder();
    const small = join(folder, "small");
    mountSmallDisk(small, 512 * 1024);
    await writeFile(join(folder, "large.bin"), someBytes(4 * 1024 * 1024));

    const large = await serve(folder);
    const got = await run(["get", "large.bin", ...large.at], { cwd: small });
    expect(got.status).toBe(1);
    const line = got.stderr.trimEnd().split("\n").at(-1) ?? "";
    expect(line).toBe(
      `netloom-transfer: cannot write ${join(small, "large.bin")}: no space left on the disk: free some, or choose another place`,
    );
    expect(await namesIn(small)).toEqual([]);
    expect(await large.untilRequests(1)).toMatchObject([{ code: "ERR_TRANSFER_NO_SPACE" }]);

    const full = await serve(small, ["--allow-upload"]);
    const put = await run(["put", "large.bin", ...full.at], { cwd: folder });
    expect(put.status).toBe(1);
    expect(put.stderr.trimEnd().split("\n").at(-1)).toBe(
      'netloom-transfer: the other side has no space left on its disk for "large.bin"',
    );
    expect(await namesIn(small)).toEqual([]);
    expect(await full.untilRequests(1)).toMatchObject([{ code: "ERR_TRANSFER_NO_SPACE" }]);
  });
});
