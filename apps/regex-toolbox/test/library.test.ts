import {
  libraryMatcher,
  libraryNames,
  libraryPattern,
  testLibraryPattern,
} from "@netloom/regex-toolbox";
import { describe, expect, it } from "vitest";

describe.each(libraryNames())("%s", (name) => {
  const entry = libraryPattern(name);
  if (entry === undefined) throw new Error(`${name} has no pattern`);
  const lines = testLibraryPattern(entry);

  it("has texts in both languages, and cases of both kinds", () => {
    for (const { en, zh } of [entry.title, entry.note]) {
      expect(en).not.toBe("");
      expect(zh).toMatch(/\p{sc=Han}/u);
    }
    expect(lines.filter(({ must }) => must).length).toBeGreaterThanOrEqual(3);
    expect(lines.filter(({ must }) => !must).length).toBeGreaterThanOrEqual(5);
  });

  it.each(lines)("$text: $must", ({ must, matched }) => {
    expect(matched).toBe(must);
  });
});

describe("the library", () => {
  it("has what people look for", () => {
    const names = libraryNames();
    for (const name of ["mail-163", "mail", "mobile-cn", "identity-cn", "ipv4", "url", "date"]) {
      expect(names).toContain(name);
    }
    expect(libraryPattern("mail-163")?.pattern).toBe("^[a-zA-Z_0-9]{4,20}@163\\.com$");
  });

  it("takes no name for a path", () => {
    expect(libraryPattern("../src")).toBeUndefined();
    expect(libraryPattern("")).toBeUndefined();
  });

  it("says in its note what a pattern cannot check, and that is so", () => {
    const entry = libraryPattern("identity-cn");
    if (entry === undefined) throw new Error("no identity-cn");
    expect(entry.note.en).toContain("check digit");
    const matches = libraryMatcher(entry);
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const digits = "11010519491231002";
    const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
    // The check digit that the note's rule gives is that of the standard's example ...
    expect("10X98765432"[sum % 11]).toBe("X");
    // ... and the pattern takes every other as well.
    for (const check of "0123456789Xx") expect(matches(digits + check)).toBe(true);
  });
});
