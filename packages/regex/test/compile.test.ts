import {
  compile,
  findall,
  finditer,
  fullmatch,
  match,
  search,
  split,
  sub,
  subn,
} from "@netloom/regex";
import { describe, expect, it } from "vitest";

import { failure } from "./failure.ts";

describe("errors of syntax", () => {
  it.each([
    ["(a", "missing ), unterminated subpattern", 0],
    ["a)", "unbalanced parenthesis", 1],
    ["a**", "multiple repeat", 2],
    ["*a", "nothing to repeat", 0],
    ["[b-a]", "bad character range b-a", 1],
    ["[a", "unterminated character set", 0],
    ["(?P<1a>x)", "bad character in group name '1a'", 4],
    ["(?P<你 好>x)", "bad character in group name '你 好'", 4],
    ["(?P<a>x)(?P<a>y)", "redefinition of group name 'a' as group 2; was group 1", 12],
    ["(?P=b)", "unknown group name 'b'", 4],
    ["(a)\\2", "invalid group reference 2", 4],
    ["(a\\1)", "cannot refer to an open group", 2],
    ["\\q", "bad escape \\q", 0],
    ["\\", "bad escape (end of pattern)", 0],
    ["😀(?", "unexpected end of pattern", 3],
    ["a{2,1}", "min repeat greater than max repeat", 2],
    ["(?i-i:a)", "bad inline flags: flag turned on and off", 5],
    ["a(?i)", "global flags not at the start of the expression", 1],
    ["(?(1)a|b|c)(d)", "conditional backref with more than two branches", 8],
    ["(?(9)a)", "invalid group reference 9", 3],
    ["\\U00110000", "bad escape \\U00110000", 0],
  ])("%s: %s at %i", (pattern, reason, position) => {
    const error = failure(() => compile(pattern));
    expect(error).toMatchObject({ code: "ERR_REGEX_SYNTAX", reason, position, pattern });
    expect(error.message).toBe(`${reason} at position ${position}`);
  });

  it("counts lines and columns in patterns of several lines", () => {
    const error = failure(() => compile("a\n😀(b", "x"));
    expect(error).toMatchObject({ position: 3, line: 2, column: 2 });
    expect(error.message).toContain("at position 3 (line 2, column 2)");
  });

  it("has no position where Python has none", () => {
    const error = failure(() => compile("(?<=a+)b"));
    expect(error.message).toBe("look-behind requires fixed-width pattern");
    expect(error.position).toBeUndefined();
  });

  it("does not overflow the stack", () => {
    const deep = (depth: number): string => "(".repeat(depth) + ")".repeat(depth);
    expect(compile(deep(300)).groups).toBe(300);
    expect(failure(() => compile(deep(100_000))).code).toBe("ERR_REGEX_LIMIT");
  });

  it("says when a text is too much for the engine", () => {
    const error = failure(() => compile("(?:a|b|cd)*e").match("ab".repeat(8_000_000)));
    expect(error.code).toBe("ERR_REGEX_LIMIT");
    expect(error.cause).toBeInstanceOf(RangeError);
  });
});

describe("flags", () => {
  it("tell what holds, inline ones and the implied one included", () => {
    expect(compile("a").flags).toBe("u");
    expect(compile("(?i)a", "ms").flags).toBe("imsu");
    expect(compile("a", "a").flags).toBe("a");
  });

  it.each([
    ["q", /unknown flag "q"/],
    ["L", /LOCALE/],
    ["au", /incompatible/],
  ])("%s are refused", (flags, message) => {
    const error = failure(() => compile("a", flags));
    expect(error.code).toBe("ERR_REGEX_FLAGS");
    expect(error.message).toMatch(message);
  });

  it("i, m, s, x and a mean what they mean in Python", () => {
    expect(findall("straße|ΣΊΣΥΦΟΣ", "STRAßE σίσυφος", { flags: "i" })).toEqual([
      "STRAßE",
      "σίσυφος",
    ]);
    expect(findall("^.", "a\nb", { flags: "m" })).toEqual(["a", "b"]);
    expect(fullmatch("a.b", "a\nb", { flags: "s" })?.span()).toEqual([0, 3]);
    expect(fullmatch(" a  # letter\n b", "ab", { flags: "x" })).not.toBeNull();
    expect(findall("\\w+", "né 织网", { flags: "a" })).toEqual(["n"]);
    expect(findall("\\w+", "né 织网")).toEqual(["né", "织网"]);
  });
});

describe("the functions", () => {
  it("do what the methods do", () => {
    expect(match("a", "ba")).toBeNull();
    expect(search("a", "ba")?.start()).toBe(1);
    expect(fullmatch("a", "ab")).toBeNull();
    expect(findall("a", "aba")).toEqual(["a", "a"]);
    expect([...finditer("a", "aba")].map((found) => found.start())).toEqual([0, 2]);
    expect(sub("a", "x", "aba", { count: 1 })).toBe("xba");
    expect(subn("a", "x", "aba")).toEqual(["xbx", 2]);
    expect(split("b", "aba", { maxsplit: 1 })).toEqual(["a", "a"]);
  });

  it("keep compiled patterns by pattern and flags", () => {
    const first = search("a", "a")?.re;
    expect(search("a", "a")?.re).toBe(first);
    expect(search("a", "a", { flags: "i" })?.re).not.toBe(first);
    for (let i = 0; i < 100; i++) search(`a${i}`, "");
    expect(search("a", "a")?.re).not.toBe(first);
  });
});

it("takes text alone", () => {
  const bytes = new TextEncoder().encode("a") as unknown as string;
  expect(failure(() => compile(bytes))).toMatchObject({
    code: "ERR_REGEX_OPTION",
    message: "pattern must be a string, got bytes",
  });
  expect(failure(() => compile("a").search(bytes)).code).toBe("ERR_REGEX_OPTION");
});
