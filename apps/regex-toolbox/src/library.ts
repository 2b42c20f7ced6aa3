import type { Text } from "@netloom/app-kit";
import { compile } from "@netloom/regex";
import type { Pattern } from "@netloom/regex";
import { readdirSync, readFileSync } from "node:fs";

// From src/ and from dist/ alike.
const folder = new URL("../library/", import.meta.url);

/** A ready pattern of the library. */
export interface LibraryPattern {
  /** Its name, and that of its folder. */
  readonly name: string;
  readonly title: Text;
  readonly pattern: string;
  /** Letters for `compile`. */
  readonly flags: string;
  /** Whether a text has to match whole, or to hold a match. */
  readonly method: "fullmatch" | "search";
  /** What it takes, and what it cannot check. */
  readonly note: Text;
}

/** One line of a corpus and what became of it. */
export interface CorpusLine {
  readonly text: string;
  /** Whether it is one that must match. */
  readonly must: boolean;
  readonly matched: boolean;
}

/** The names of the patterns in the library, in alphabetical order. */
export function libraryNames(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** Reads one pattern of the library; undefined when there is none of that name. */
export function libraryPattern(name: string): LibraryPattern | undefined {
  // Looked up in the list, so that a name is never a path.
  if (!libraryNames().includes(name)) return undefined;
  const file = new URL(`${name}/pattern.json`, folder);
  const entry = JSON.parse(readFileSync(file, "utf8")) as Partial<LibraryPattern>;
  const { title, pattern, flags = "", method = "fullmatch", note } = entry;
  if (title === undefined || pattern === undefined || note === undefined) {
    throw new TypeError(`${file.href} lacks a title, a pattern or a note`);
  }
  return { name, title, pattern, flags, method, note };
}

/** Whether a text is what a pattern of the library stands for. */
export function libraryMatcher(entry: LibraryPattern): (text: string) => boolean {
  const compiled: Pattern = compile(entry.pattern, entry.flags);
  return (text) => compiled[entry.method](text) !== null;
}

/**
 * Tries a pattern on its corpus files, `must.txt` and `must-not.txt`: one case a line, but for empty
 * lines and lines that begin with `# `.
 */
export function testLibraryPattern(entry: LibraryPattern): CorpusLine[] {
  const matches = libraryMatcher(entry);
  return [true, false].flatMap((must) => {
    const file = new URL(`${entry.name}/${must ? "must" : "must-not"}.txt`, folder);
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("# "))
      .map((text) => ({ text, must, matched: matches(text) }));
  });
}
