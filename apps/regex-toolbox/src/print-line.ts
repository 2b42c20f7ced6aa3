import type { Output } from "@netloom/app-kit";

/** Prints a result whose text may be empty, which is an empty line then: each line has its place. */
export function printLine(output: Output, value: unknown, text: () => string): void {
  const line = output.json ? "" : text();
  // `output.result` prints nothing for an empty text.
  if (line === "" && !output.json) process.stdout.write("\n");
  else output.result(value, line);
}
