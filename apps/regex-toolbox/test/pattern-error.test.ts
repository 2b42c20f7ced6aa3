import { AppError } from "@netloom/app-kit";
import { describe, expect, it } from "vitest";

import { compileTyped } from "../src/pattern-error.ts";

function failure(pattern: string, flags = ""): AppError {
  try {
    compileTyped(pattern, flags);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a bad pattern", () => {
  it("is shown with the place marked, counted in characters", () => {
    const { text, status } = failure("😀b(c");
    expect(status).toBe(2);
    expect(text.en).toBe("bad pattern: missing ), unterminated subpattern at position 2: 😀b▸(c");
    expect(text.zh).toBe("模式有误：缺少 )，分组没有结束，位置 2：😀b▸(c");
  });

  it("comes with what was probably meant", () => {
    expect(failure("(?<a>x)").text.en).toContain("; Python names a group (?P<name>…), with a P");
    expect(failure("[（").text.en).toContain('was "(" meant?');
  });

  it("is told from one that is only not supported, and from bad flags", () => {
    expect(failure("(?:(a)|b)*").text.en).toMatch(/^not supported: a group .* at position 3: /);
    expect(failure("a", "q").text.zh).toBe("标志有误：没有标志“q”：应为 aimsux 中的字母");
  });

  // One of each kind of message that the parser has.
  it.each(
    `( ) * a** [ [b-a] a{2,1} a{9999999999} \\ \\q \\x1 \\777 (?P<1>a) (?P<a>x)(?P<a>y) (?P=a) \\1
     (?(0)a) (a\\1) (?<=(a)\\1) (?<=a+) (?(1)a|b|c)(d) a(?i) (?y) (? (?iy) (?i-i:a) (?P<a (?P<> (?i
     \\N (?# a(?L) (?:(a)|b)* x(?:|a)* (a*)*? (?<=(a){2}) (?a:\\w)b`.split(/\s+/),
  )("has Chinese words: %s", (pattern) => {
    const { en, zh } = failure(pattern).text;
    expect(zh).toMatch(/\p{sc=Han}/u);
    expect(zh.replace(/^模式有误：/u, "")).not.toBe(en.replace(/^bad pattern: /, ""));
  });
});
