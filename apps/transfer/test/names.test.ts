import * as fc from "fast-check";
import { join, win32 } from "node:path";
import { describe, expect, it } from "vitest";
import { TransferError } from "@netloom/transfer";
import { maxNameBytes, maxNameParts, maxPartBytes, nameProblem, parseName } from "../src/names.ts";

const numRuns = process.env["NETLOOM_LONG"] ? 200_000 : 2_000;

const allowed = [
  "a",
  "notes.txt",
  "notes/today.txt",
  "报告/二〇二六年.pdf",
  "résumé final (2).pdf",
  "a b/c d",
  "Привет.txt",
  "🎉/🧶.png",
  "con-tract.txt",
  "console",
  "com10",
  "a..b",
  "~",
  "-rf",
  "$HOME",
  "%2e%2e%2f",
  "x".repeat(maxPartBytes),
  Array.from({ length: maxNameParts }, () => "a").join("/"),
];

const refused = [
  "",
  ".",
  "..",
  "../etc/passwd",
  "a/../b",
  "a/..",
  "a/./b",
  "./a",
  "/etc/passwd",
  "//host/share",
  "/",
  "a/",
  "a//b",
  ".ssh/authorized_keys",
  "a/.hidden",
  "..\\..\\windows",
  "a\\b",
  "C:/Windows",
  "c:file",
  "file.txt:stream",
  "a\0b",
  "a\0.txt",
  "a\nb",
  "a\r",
  "\u001b[2J",
  "a\u007f",
  "a\u0085b",
  "a\u2028b",
  "exe.\u202etxt.cod",
  "\ud800",
  "a\udc00b",
  "what?",
  "a*",
  'a"b',
  "<a>",
  "a|b",
  "con",
  "CON",
  "Aux.txt",
  "nul.tar.gz",
  "COM1",
  "lpt9.log",
  "com¹",
  "conin$",
  "a/PRN/b",
  "nul .txt",
  "a.",
  "a ",
  "a /b",
  "...",
  "x".repeat(maxPartBytes + 1),
  "字".repeat(86),
  Array.from({ length: maxNameParts + 1 }, () => "a").join("/"),
  `${"x".repeat(200)}/`.repeat(6) + "x",
];

describe("nameProblem", () => {
  it.each(allowed)("allows %j", (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it.each(refused)("refuses %j", (name) => {
    const problem = nameProblem(name);
    expect(problem?.en).toMatch(/\S/);
    expect(problem?.zh).toMatch(/\p{Script=Han}/u);
  });
});

describe("parseName", () => {
  it("gives the parts", () => {
    expect(parseName("a/b c/报告.pdf")).toEqual(["a", "b c", "报告.pdf"]);
  });

  it("throws an error that quotes the name, shortened", () => {
    expect(() => parseName("../x")).toThrow('the name "../x" is not allowed: ".." is not allowed');
    let error: unknown;
    try {
      parseName("y".repeat(5_000));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ code: "ERR_TRANSFER_NAME", remote: false });
    expect((error as TransferError).message.length).toBeLessThan(200);
  });

  // Pieces that names which climb out are made of, in any order, beside arbitrary text.
  const piece = fc.oneof(
    fc.constantFrom(
      ".",
      "..",
      "/",
      "\\",
      "\0",
      ":",
      "C:",
      "~",
      "a",
      "%2e",
      " ",
      "CON",
      ".part",
      "//",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

  it("leads below the folder on POSIX and on Windows, or is refused", () => {
    let allowedCount = 0;
    fc.assert(
      fc.property(hostile, (name) => {
        if (nameProblem(name) !== undefined) return;
        allowedCount++;
        const parts = parseName(name);
        expect(parts.join("/")).toBe(name);
        expect(join("/srv/share", ...parts)).toBe(`/srv/share/${name}`);
        const onWindows = win32.resolve("C:\\share", ...parts);
        expect(onWindows).toBe(`C:\\share\\${parts.join("\\")}`);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxNameBytes);
        for (const part of parts) {
          expect(part.startsWith(".")).toBe(false);
          // What the file system gets has to be what we looked at: no part changes on the way.
          expect(Buffer.from(part).toString()).toBe(part);
        }
      }),
      { numRuns },
    );
    expect(allowedCount).toBeGreaterThan(0);
  });
});
