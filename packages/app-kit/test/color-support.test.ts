import { expect, test } from "vitest";
import { takesColors } from "../src/color-support.ts";

test.each<[string, Parameters<typeof takesColors>[0], boolean]>([
  ["a terminal", { refused: false, env: { TERM: "xterm" }, isTerminal: true }, true],
  ["a pipe", { refused: false, env: { TERM: "xterm" }, isTerminal: false }, false],
  ["a dumb terminal", { refused: false, env: { TERM: "dumb" }, isTerminal: true }, false],
  ["--no-color", { refused: true, env: { FORCE_COLOR: "1" }, isTerminal: true }, false],
  [
    "NO_COLOR",
    { refused: false, env: { NO_COLOR: "1", FORCE_COLOR: "1" }, isTerminal: true },
    false,
  ],
  ["an empty NO_COLOR", { refused: false, env: { NO_COLOR: "" }, isTerminal: true }, true],
  ["FORCE_COLOR", { refused: false, env: { FORCE_COLOR: "" }, isTerminal: false }, true],
  ["FORCE_COLOR=0", { refused: false, env: { FORCE_COLOR: "0" }, isTerminal: true }, false],
])("%s", (_, question, colors) => {
  expect(takesColors(question)).toBe(colors);
});
