import * as fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "../src/display-width.ts";
import { wrapText } from "../src/wrap-text.ts";

test("between words, and keeps line breaks", () => {
  expect(wrapText("one two three\nfour", 8)).toBe("one two\nthree\nfour");
});

test("between ideographs, but no line begins with punctuation", () => {
  expect(wrapText("监听一个端口，直到被停止。", 12)).toBe("监听一个端\n口，直到被停\n止。");
  expect(wrapText("使用 UTF-8 编码", 8)).toBe("使用\nUTF-8 编\n码");
});

test("loses nothing but spaces, and exceeds the width only where nothing can be broken", () => {
  const piece = fc.constantFrom(
    "中",
    "文",
    "，",
    "。",
    " ",
    "word",
    "a",
    "netloom-echo",
    "é",
    "👩‍🚀",
  );
  fc.assert(
    fc.property(fc.string({ unit: piece }), fc.integer({ min: 4, max: 40 }), (text, width) => {
      const wrapped = wrapText(text, width);
      expect(wrapped.replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      for (const line of wrapped.split("\n")) {
        if (displayWidth(line.trimEnd()) > width) expect(line.trim()).not.toMatch(/\s/);
      }
    }),
  );
});
