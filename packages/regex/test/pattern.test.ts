import { compile, escape } from "@netloom/regex";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { failure } from "./failure.ts";
import { runs } from "./runs.ts";

describe("findall", () => {
  it("gives texts, the texts of one group, or rows of several", () => {
    expect(compile("a.").findall("abac")).toEqual(["ab", "ac"]);
    expect(compile("a(.)").findall("abac")).toEqual(["b", "c"]);
    expect(compile("(a)(x)?").findall("ab")).toEqual([["a", ""]]);
  });

  it("finds what is empty, and behind it what is not at the same place", () => {
    expect(compile("a*").findall("baac")).toEqual(["", "aa", "", ""]);
    expect(compile("|a").findall("aa")).toEqual(["", "a", "", "a", ""]);
    expect(compile("|😀").findall("😀")).toEqual(["", "😀", ""]);
  });
});

describe("positions", () => {
  it("are code points", () => {
    const found = compile("(b)(x)?").search("😀😀b");
    expect(found?.span()).toEqual([2, 3]);
    expect(found?.span(1)).toEqual([2, 3]);
    expect(found?.span(2)).toEqual([-1, -1]);
    expect([...compile("").finditer("😀")].map((match) => match.start())).toEqual([0, 1]);
  });

  it("pos and endpos bound the search as in Python", () => {
    const text = "😀ab";
    expect(compile("^a").search(text, { pos: 1 })).toBeNull();
    expect(compile("(?<=😀)a").match(text, { pos: 1 })?.span()).toEqual([1, 2]);
    expect(compile("a$").search(text, { endpos: 2 })?.span()).toEqual([1, 2]);
    expect(compile("b").search(text, { pos: -5, endpos: 99 })?.pos).toBe(0);
    expect(compile("a").search(text, { pos: 2, endpos: 1 })).toBeNull();
    expect(failure(() => compile("a").search(text, { pos: 0.5 }))).toMatchObject({
      code: "ERR_REGEX_OPTION",
      message: "pos must be a whole number, got 0.5",
    });
  });

  it("are right in long texts of both kinds of characters", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "é", "😀", "b"), { maxLength: 5000 }), (parts) => {
        const starts = [...compile("b").finditer(parts.join(""))].map((match) => match.start());
        expect(starts).toEqual(parts.flatMap((part, i) => (part === "b" ? [i] : [])));
      }),
      { numRuns: runs / 20 },
    );
  });
});

describe("sub", () => {
  it("fills templates as Python does", () => {
    const pattern = compile("(?P<first>\\w)(\\d)?");
    expect(pattern.sub("<\\g<first>\\2\\g<0>\\n>", "a1")).toBe("<a1a1\n>");
    expect(pattern.sub("[\\2]", "b")).toBe("[]");
    expect(compile("a").sub("\\.\\x".slice(0, 2), "a")).toBe("\\.");
  });

  it.each([
    ["\\3", "invalid group reference 3", 1],
    ["\\g<x>", "unknown group name 'x'", undefined],
    ["\\q", "bad escape \\q", 0],
    ["\\g<1", "missing >, unterminated name", 3],
  ])("refuses %s whether or not anything matches", (template, reason, position) => {
    expect(failure(() => compile("(a)").sub(template, "b"))).toMatchObject({
      code: "ERR_REGEX_TEMPLATE",
      reason,
      position,
    });
  });

  it("calls functions, and stops at count", () => {
    expect(compile("a").sub((match) => String(match.start()), "aaa")).toBe("012");
    expect(compile("a").subn("x", "aaa", { count: 2 })).toEqual(["xxa", 2]);
    expect(compile("a").subn("x", "aaa", { count: -1 })).toEqual(["aaa", 0]);
  });

  it("never takes the text that is put in for a template in JavaScript's sense", () => {
    expect(compile("a").sub("$&$1", "a")).toBe("$&$1");
  });
});

describe("split", () => {
  it("keeps what groups match, null for those that took no part", () => {
    expect(compile("(,)|;").split("a,b;c")).toEqual(["a", ",", "b", null, "c"]);
    expect(compile("").split("ab")).toEqual(["", "a", "b", ""]);
    expect(compile(",").split("a,b,c", { maxsplit: 1 })).toEqual(["a", "b,c"]);
  });
});

describe("match", () => {
  const found = compile("(?P<year>\\d+)-(?P<month>\\d+)(?P<day>-\\d+)?").match("2026-11");

  it("gives groups by number and name", () => {
    expect(found?.group()).toBe("2026-11");
    expect(found?.group(1, "month", "day")).toEqual(["2026", "11", null]);
    expect(found?.groups("?")).toEqual(["2026", "11", "?"]);
    expect(found?.groupdict()).toEqual({ year: "2026", month: "11", day: null });
    expect([found?.lastindex, found?.lastgroup]).toEqual([2, "month"]);
    expect(found?.expand("\\2/\\1")).toBe("11/2026");
    expect(found?.end("year")).toBe(4);
  });

  it("refuses groups that are not there", () => {
    for (const key of [4, -1, 1.5, "hour", "__proto__"]) {
      expect(failure(() => found?.group(key)).code).toBe("ERR_REGEX_GROUP");
    }
  });

  it("has names of any kind", () => {
    const pattern = compile("(?P<__proto__>a)(?P<constructor>b)(?P<年>c)");
    const named = pattern.match("abc")?.groupdict();
    expect(Object.entries(named ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["年", "c"],
    ]);
  });
});

it("an escaped text matches itself and nothing else", () => {
  expect(escape("a.b-c d")).toBe("a\\.b\\-c\\ d");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom("", "x"), (text, flags) => {
      expect(compile(escape(text), flags).fullmatch(text)?.group()).toBe(text);
      expect(compile(escape(text), flags).fullmatch(`${text}x`)).toBeNull();
    }),
    { numRuns: runs },
  );
});
