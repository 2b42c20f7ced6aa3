import { expect, test } from "vitest";
import { StatusLine } from "../src/status-line.ts";

function streams(): {
  text: string[];
  terminal: { isTTY: true; write(text: string): void };
  pipe: { write(text: string): void };
} {
  const text: string[] = [];
  const write = (part: string): void => void text.push(part);
  return { text, terminal: { isTTY: true, write }, pipe: { write } };
}

test("hides the cursor while a line is shown, once", () => {
  const { text, terminal } = streams();
  const line = new StatusLine(terminal);
  line.set("one");
  line.set("two");
  line.clear();
  line.clear();
  expect(text).toEqual(["\x1b[?25l\r\x1b[Kone", "\r\x1b[Ktwo", "\r\x1b[K\x1b[?25h"]);
});

test("prints above the line on a terminal, and plainly elsewhere", () => {
  const { text, terminal, pipe } = streams();
  const line = new StatusLine(terminal);
  line.print(terminal, "before");
  line.set("status");
  line.print(terminal, "above");
  line.print(pipe, "aside");
  expect(text.slice(0, 1)).toEqual(["before\n"]);
  expect(text.slice(2)).toEqual(["\r\x1b[K", "above\n", "status", "aside\n"]);
});
