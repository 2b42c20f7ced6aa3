import { patternHints, replacementHints } from "@netloom/regex-toolbox";
import { expect, it } from "vitest";

it.each([
  ["a（b）？", '"（）？" is full-width (the first at position 1)', "“（）？”是全角字符"],
  ["😀【a】", '"[]"', "半角的“[]”"],
  ["(?<name>a)", "(?P<name>…)", "(?P<name>…)"],
  ["(?P<a>x)\\k<a>", "(?P=name)", "(?P=name)"],
  ["(?P>a)", "(?P=name)", "(?P=name)"],
  ["a\\z", "\\Z", "\\Z"],
  ["\\p{Han}", "\\p{…}", "\\p{…}"],
  ["[[:alpha:]]", "[[:alpha:]]", "[[:alpha:]]"],
])("%s", (pattern, en, zh) => {
  const [hint] = patternHints(pattern);
  expect(hint?.en).toContain(en);
  expect(hint?.zh).toContain(zh);
});

it.each(["(?P<name>a)(?P=name)", "(?<=a)b", "(?<!a)b", "a\\\\z", "\\Z", "[:a]", "什么，。、"])(
  "finds nothing in %s",
  (pattern) => {
    expect(patternHints(pattern)).toEqual([]);
  },
);

it("knows the groups of other languages in a replacement", () => {
  for (const text of ["$1", "a$&", "${name}", "$<name>"]) {
    expect(replacementHints(text)).toHaveLength(1);
  }
  for (const text of ["\\1", "$", "5 $", "\\g<1>"]) expect(replacementHints(text)).toEqual([]);
});
