import { compile } from "@netloom/regex";
import { describe, expect, it } from "vitest";

import { failure } from "./failure.ts";

// What Python takes and JavaScript's engine cannot do: refused by name and place, never guessed.
describe("is refused:", () => {
  it.each([
    ["(?:(a)|b)*", 3, "a group that only some rounds of a repetition set"],
    ["(a*)*?\\1", 0, "a repetition of what may be empty, with a group in it"],
    ["x(?:|a)*", 1, "a repetition of what may be empty in preference to what is not"],
    ["(?:(a)|b)*+\\1", 3, "a group that only some rounds of a repetition set"],
    ["(a??b?|c)(?(1)d|e)(x(?(2)f|g))", 20, "a condition on group 2 in that group itself"],
    ["(?<=(a){2})", 4, "a group in a repetition in a look-behind"],
    ["(?a:\\w)b", 0, "a class at the start under a flag a or u of its own"],
    [
      "(?i:(.)\\1)a",
      10,
      "a back-reference without regard to case, with characters in regard to it",
    ],
    ["(?t)a", 0, "the inline flag t"],
  ])("%s, at %i: %s", (pattern, position, reason) => {
    expect(failure(() => compile(pattern))).toMatchObject({
      code: "ERR_REGEX_UNSUPPORTED",
      reason: `not supported: ${reason}`,
      position,
    });
  });

  it("a character by its name", () => {
    const error = failure(() => compile("a\\N{EM DASH}"));
    expect(error).toMatchObject({ code: "ERR_REGEX_UNSUPPORTED", position: 1 });
  });

  it("letters beyond U+FFFF in branches in any case", () => {
    const error = failure(() => compile("a(?:𐐀|bc)", "i"));
    expect(error).toMatchObject({ code: "ERR_REGEX_UNSUPPORTED", position: 4 });
    expect(compile("a(?:😀|bc)", "i").search("A😀")?.span()).toEqual([0, 2]);
  });

  it("a class that JavaScript would widen", () => {
    // In JavaScript ſ in the class makes s match.
    const error = failure(() => compile("b[\u0100-\u0200](b)\\1", "ia"));
    expect(error).toMatchObject({ code: "ERR_REGEX_UNSUPPORTED", position: 1 });
  });

  it("a text on which the two compare letters otherwise, at the call", () => {
    const pattern = compile("(\\w)\\1", "i");
    expect(pattern.search("xaA")?.group()).toBe("aA");
    expect(pattern.search("éÉ")?.group()).toBe("éÉ");
    for (const text of ["ſs", "İi", "ς", "ß"]) {
      expect(failure(() => pattern.search(text)).code).toBe("ERR_REGEX_UNSUPPORTED");
    }
  });
});

describe("is translated, though JavaScript means something else by it:", () => {
  it("a back-reference to a group that may be unset fails when it is", () => {
    const pattern = compile("(a)?b\\1");
    expect(pattern.search("aba")?.group()).toBe("aba");
    expect(pattern.search("b")).toBeNull();
  });

  it("a condition on a group", () => {
    const quoted = compile('(")?\\w+(?(1)"|$)');
    expect(quoted.match('"word"')?.group()).toBe('"word"');
    expect(quoted.match("word")?.group()).toBe("word");
    expect(quoted.match('"word')).toBeNull();
  });

  it("possessive quantifiers and atomic groups do not give back", () => {
    expect(compile("a*+a").search("aaa")).toBeNull();
    expect(compile("(?>a|ab)c").search("abc")).toBeNull();
  });

  it("a loop ends with a round that matches nothing, and its group is that", () => {
    expect(compile("(a*)*").match("aab")?.span(1)).toEqual([2, 2]);
  });

  it("$ matches before a last line feed, \\Z does not", () => {
    expect(compile("a$").search("a\n")?.group()).toBe("a");
    expect(compile("a\\Z").search("a\n")).toBeNull();
  });

  it("\\B does not match in an empty text", () => {
    expect(compile("\\B").search("")).toBeNull();
  });
});
