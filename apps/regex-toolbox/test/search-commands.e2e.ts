import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { run, runJson } from "./fixtures/command.ts";

const folder = mkdtempSync(join(tmpdir(), "netloom-regex-toolbox-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("search and match", () => {
  it("show the match, its groups and where they are", async () => {
    const { status, stdout } = await run([
      "search",
      "(?P<year>\\d{4})-(\\d+)(x)?",
      "am 😀 2026-11",
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe("2026-11  (5, 12)\n  1 year: 2026  (5, 9)\n  2: 11  (10, 12)\n  3: -\n");
  });

  it("go through files line by line, in any number", async () => {
    const one = file("one.txt", "织网\n10.0.0.1 up\n");
    const two = file("two.txt", "x\r\n10.0.0.2 down");
    const args = ["search", "\\d+(?:\\.\\d+){3}", "--file", one, "-f", two];
    const { status, stdout } = await run(args);
    expect(status).toBe(0);
    expect(stdout).toBe(`${one}:2: 10.0.0.1  (0, 8)\n${two}:2: 10.0.0.2  (0, 8)\n`);
    const { rows } = await runJson(args);
    expect(rows).toEqual([
      expect.objectContaining({ type: "match", file: one, line: 2, text: "10.0.0.1" }),
      expect.objectContaining({ type: "match", file: two, line: 2, span: [0, 8] }),
      { type: "summary", texts: 4, matched: 2, matches: 2 },
    ]);
  });

  it("tell match, match --full and search apart", async () => {
    const status = async (...args: string[]): Promise<unknown> => (await run(args)).status;
    expect(await status("match", "b", "ab")).toBe(1);
    expect(await status("search", "b", "ab")).toBe(0);
    expect(await status("match", "a", "ab")).toBe(0);
    expect(await status("match", "--full", "a", "ab")).toBe(1);
    expect(await status("match", "--full", "A", "a", "--flags", "i")).toBe(0);
  });

  it("answer while standard input is still open", async () => {
    const main = join(import.meta.dirname, "..", "dist", "main.js");
    const child = spawn(process.execPath, [main, "search", "b"]);
    child.stdin.write("ab\n");
    const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
    expect(line).toBe("1: b  (1, 2)\n");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
  });
});

describe("findall, sub and split", () => {
  it("findall prints matches, or groups with tabs between them", async () => {
    expect((await run(["findall", "\\w+", "织网 is up"])).stdout).toBe("织网\nis\nup\n");
    expect((await run(["findall", "(\\w)=(\\d)?"], "a=1 b=\n")).stdout).toBe("a\t1\nb\t\n");
  });

  it("sub keeps every line in its place", async () => {
    const { status, stdout } = await run(["sub", "(\\w)(\\d)", "\\2\\1"], "a1 b2\n\nc\n");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1a 2b\n\nc\n" });
    expect((await run(["sub", "a", "b", "aaa", "--count", "2"])).stdout).toBe("bba\n");
  });

  it("split prints parts with tabs between them", async () => {
    expect((await run(["split", ",\\s*", "a, b,c"])).stdout).toBe("a\tb\tc\n");
    const { rows } = await runJson(["split", "(,)|;", "a,b;c", "--maxsplit", "2"]);
    expect(rows[0]).toMatchObject({ type: "split", parts: ["a", ",", "b", null, "c"] });
    expect(rows[1]).toMatchObject({ type: "summary", matches: 2 });
  });

  it("take input of any size in little memory", async () => {
    const main = join(import.meta.dirname, "..", "dist", "main.js");
    const child = spawn(process.execPath, [
      "--max-old-space-size=64",
      main,
      "findall",
      "b+",
      "--json",
    ]);
    let last = "";
    child.stdout
      .setEncoding("utf8")
      .on("data", (text: string) => (last = (last + text).slice(-200)));
    const closed = once(child, "close");
    const part = Buffer.from(`${"织网 a".repeat(100)}\n`.repeat(500));
    for (let i = 0; i < 200; i++) {
      if (!child.stdin.write(part)) await once(child.stdin, "drain");
    }
    child.stdin.end("b\n");
    expect(await closed).toEqual([0, null]);
    const summary = last.trimEnd().split("\n").at(-1) ?? "";
    expect(JSON.parse(summary)).toEqual({
      type: "summary",
      texts: 100_001,
      matched: 1,
      matches: 1,
    });
  });

  it("end quietly when nobody reads what they print", async () => {
    const main = join(import.meta.dirname, "..", "dist", "main.js");
    const child = spawn(process.execPath, [main, "findall", "a", "-f", "-"]);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => {});
    child.stdout.destroy();
    child.stdin.write("a\n".repeat(10_000));
    expect(await once(child, "close")).toEqual([0, null]);
    expect(stderr).toBe("");
  });
});

describe("what goes wrong", () => {
  it.each([
    [["search", "a(b", "x"], "bad pattern: missing ), unterminated subpattern at position 1: a▸(b"],
    [["search", "(?<n>a)", "x"], "Python names a group (?P<name>…)"],
    [["sub", "a", "\\2", "x"], "bad replacement: invalid group reference 2 at position 1: \\▸2"],
    [["search", "a", "x", "--flags", "q"], 'unknown flag "q"'],
    [["search", "(?:(a)|b)*", "x"], "not supported: a group that only some rounds"],
    [["search", "a", "x", "--file", "y"], "give texts or --file, not both"],
    [["search"], "missing argument <pattern>"],
    [["find", "a"], "unknown command"],
    [["sub", "a", "b", "x", "--count", "0"], "--count"],
    [["search", "a", "--file", join(folder, "missing")], "missing does not exist"],
    [["search", "a", "--file", folder], "is a folder"],
  ])("%j: one line, status 2", async (args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("a file that is no UTF-8", async () => {
    const gbk = file("gbk.txt", Uint8Array.of(0x61, 0x0a, 0xc4, 0xe3, 0x0a));
    const { status, stdout, stderr } = await run(["findall", "a", "--file", gbk]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "a\n" });
    expect(stderr).toContain("line 2 of");
  });

  it("a pattern with full-width characters that matches nothing gets a hint", async () => {
    const { status, stderr } = await run(["search", "（\\d+）？", "12"]);
    expect(status).toBe(1);
    expect(stderr).toContain('note: "（）？" is full-width');
    expect((await run(["search", "（\\d+）", "（12）"])).stderr).toBe("");
    const chinese = await run(["search", "（\\d+）", "12", "--lang", "zh"]);
    expect(chinese.stderr).toContain("提示：“（）”是全角字符");
  });

  it("as JSON under --json", async () => {
    const { status, stdout, stderr } = await run(["search", "(", "x", "--json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ type: "error", status: 2 });
  });
});
