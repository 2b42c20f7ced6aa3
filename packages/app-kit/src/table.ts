import { displayWidth, padWidth } from "./display-width.ts";
import { printable } from "./printable.ts";

/** One column of a table. */
export interface TableColumn {
  /** The heading, in the user's language. */
  readonly title: string;
  /** Which side the cells stand at. Default `"left"`; numbers read better at the right. */
  readonly align?: "left" | "right" | undefined;
}

/**
 * A table as text: a line of headings and a line for each row, columns two spaces apart and
 * aligned on a terminal whatever their script. Cells pass through {@link printable}, so names that
 * peers chose cannot break it.
 *
 * @param rows - one string a column; what is missing is an empty cell
 * @returns lines without a line feed at the end
 *
 * @example
 * const text = formatTable(
 *   [{ title: "file" }, { title: "size", align: "right" }],
 *   [["notes.txt", "12 KiB"], ["图片.png", "3.1 MiB"]],
 * );
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map((column) => column.title), ...rows].map((row) =>
    columns.map((_, index) => printable(row[index] ?? "")),
  );
  // A fold, not Math.max(...): a call takes no more than some ten thousand arguments.
  const widths = columns.map((_, index) =>
    lines.reduce((widest, line) => Math.max(widest, displayWidth(line[index] ?? "")), 0),
  );
  return lines
    .map((line) =>
      line
        .map((cell, index) => padWidth(cell, widths[index] ?? 0, columns[index]?.align))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
