import { displayWidth, fitWidth, padWidth } from "@netloom/app-kit";
import * as fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";

const runs = process.env["NETLOOM_LONG"] ? 100_000 : 1_000;

test.each<[string, number]>([
  ["", 0],
  ["plain", 5],
  ["中文", 4],
  ["ｆｕｌｌ", 8],
  ["ﾊﾝｶｸ", 4],
  ["한글", 4],
  ["e\u0301", 1],
  ["👩‍🚀", 2],
  ["❤️", 2],
  ["🇨🇳", 2],
  ["1️⃣", 2],
  ["\x1b[1m粗\x1b[22m", 2],
  ["\u200b\u0007", 0],
  ["“…”", 3],
])("%j is %d wide", (text, width) => {
  expect(displayWidth(text)).toBe(width);
  expect(stringWidth(text)).toBe(width);
});

// What people write: letters of many scripts, marks, emoji.
const character = fc.oneof(
  fc.constantFrom("é", "e\u0301", "👨‍👩‍👧", "❤️", "🇨🇳", "ｶﾞ", "한", "ไทย", "हिन्दी", "\u200d"),
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xa0, max: 0x10ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x2e80, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
  // Without the skin tones: alone, they are drawn in no one way either.
  fc.integer({ min: 0x1f300, max: 0x1f3fa }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x1f400, max: 0x1faff }).map((code) => String.fromCodePoint(code)),
);

test("agrees with string-width on what people write", () => {
  // Spaced out: how a stray mark changes the emoji before it, no two terminals agree on.
  const spaced = fc.array(character).map((characters) => characters.join(" "));
  fc.assert(
    fc.property(spaced, (text) => {
      expect(displayWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: runs },
  );
});

test("padWidth fills up to the width and never cuts", () => {
  expect(padWidth("中", 4)).toBe("中  ");
  expect(padWidth("中", 4, "right")).toBe("  中");
  expect(padWidth("中文", 3)).toBe("中文");
});

test("fitWidth never exceeds the width and never splits a character", () => {
  expect(fitWidth("short", 5)).toBe("short");
  expect(fitWidth("a long name.txt", 8)).toBe("a lon...");
  expect(fitWidth("图片与文字", 6)).toBe("图...");
  expect(fitWidth("👩‍🚀👩‍🚀👩‍🚀", 5)).toBe("👩‍🚀...");
  expect(fitWidth("abcdef", 3)).toBe("abc");
  expect(fitWidth("中", 1)).toBe("");
  fc.assert(
    fc.property(fc.string({ unit: character }), fc.nat({ max: 40 }), (text, width) => {
      const fitted = fitWidth(text, width);
      expect(displayWidth(fitted)).toBeLessThanOrEqual(width);
      if (displayWidth(text) <= width) expect(fitted).toBe(text);
    }),
    { numRuns: runs },
  );
});
