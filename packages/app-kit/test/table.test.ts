import { formatTable } from "@netloom/app-kit";
import { expect, test } from "vitest";

test("columns are aligned whatever the script, without spaces at the ends", () => {
  const table = formatTable(
    [{ title: "文件" }, { title: "size", align: "right" }, { title: "note" }],
    [
      ["notes.txt", "12 KiB", "a"],
      ["图片.png", "3.1 MiB"],
    ],
  );
  expect(table).toBe(
    ["文件          size  note", "notes.txt   12 KiB  a", "图片.png   3.1 MiB"].join("\n"),
  );
});

test("a name that was chosen to break the table does not", () => {
  const table = formatTable([{ title: "name" }], [["a\nb\x1b[2J"]]);
  expect(table).toBe("name\na\\nb\\x1b[2J");
});

test("a hundred thousand rows are no trouble", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => [String(index)]);
  expect(formatTable([{ title: "n" }], rows).split("\n")).toHaveLength(100_001);
});
