export { libraryMatcher, libraryNames, libraryPattern, testLibraryPattern } from "./library.ts";
export type { CorpusLine, LibraryPattern } from "./library.ts";
export { patternHints, replacementHints } from "./pattern-hints.ts";
