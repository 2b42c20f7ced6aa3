// @ts-check
// The code blocks of a README, each with the directive that stands on the line before it:
//   <!-- example: examples/first.ts -->   the block is this file, to the letter
//   <!-- output: examples/first.ts -->    the block is what this file prints
// A block without a directive is refused, except diagrams (mermaid).

/**
 * @typedef {object} Block
 * @property {"example" | "output" | undefined} kind
 * @property {string} file      relative to the README
 * @property {string} language
 * @property {string} text      with a final newline
 * @property {number} line      of the opening fence, from 1
 * @property {number} start     offset of the text in the README
 * @property {number} end
 */

/**
 * @param {string} readme
 * @returns {Block[]}
 */
export function findBlocks(readme) {
  /** @type {Block[]} */
  const blocks = [];
  const fence = /^```(\S*)[^\n]*\n([\s\S]*?)^```[ \t]*$/gm;
  for (const match of readme.matchAll(fence)) {
    const [, language = "", text = ""] = match;
    const before = readme.slice(0, match.index);
    const directive = /<!-- (example|output): (\S+) -->\s*$/.exec(before);
    const start = match.index + match[0].indexOf("\n") + 1;
    blocks.push({
      kind: /** @type {"example" | "output" | undefined} */ (directive?.[1]),
      file: directive?.[2] ?? "",
      language,
      text,
      line: before.split("\n").length,
      start,
      end: start + text.length,
    });
  }
  return blocks;
}

/**
 * Whether the printed text is what the README shows. `…` in the README stands for any text within
 * a line: times and ports differ from run to run. A line of `…` alone stands for any lines.
 *
 * @param {string} shown
 * @param {string} printed
 */
export function sameOutput(shown, printed) {
  const pattern = shown
    .trimEnd()
    .split("\n")
    .map((line) =>
      line.trim() === "…"
        ? "[\\s\\S]*"
        : line
            .trimEnd()
            .split("…")
            .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
            .join("[^\\n]*"),
    )
    .join("[ \\t]*\\n");
  return new RegExp(`^${pattern}\\s*$`).test(printed);
}
