import { compile, search, split } from "@netloom/regex";

// A back-reference to a group that took no part fails; in JavaScript it matches the empty text.
console.log(search("(a)?b\\1", "b"), /(a)?b\1/.exec("b")?.[0]);

// $ stands before a line feed at the end, too; positions count characters, not UTF-16 units.
console.log(search("b$", "😀b\n")?.span());

// What is between the quotes, if there are quotes: a condition on group 1.
const word = compile(`(")?(\\w+)(?(1)")$`);
for (const text of ['"word"', "word", '"word']) console.log(word.match(text)?.group(2) ?? null);

// Possessive: no step back, so no time lost on text that does not match.
console.log(search("(?:a+)+$", "aaaa")?.group(), search("(?:a++)+b", "a".repeat(5000)));

// White space and comments; empty matches split, too.
const number = compile(
  `
    (?P<sign> [+-] )?    # may be left out
    (?P<digits> \\d+ )
  `,
  "x",
);
console.log(number.fullmatch("-12")?.groupdict());
console.log(split("\\b", "one two"));
