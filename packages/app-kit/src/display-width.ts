import { eastAsianWidth } from "get-east-asian-width";
import { stripVTControlCharacters } from "node:util";

const ASCII = /^[\x20-\x7e]*$/;
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/u;
const ADDS_WIDTH = /[\p{Mc}\uff00-\uffef]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;

/**
 * How many columns of a terminal `text` takes: two for a Chinese character or an emoji, none for
 * a combining mark or an escape sequence. Characters whose East Asian Width (UAX #11) is ambiguous
 * count as one.
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(stripVTControlCharacters(text))) width += clusterWidth(cluster);
  return width;
}

/** Adds spaces until `text` is `width` columns wide; wider text stays as it is. */
export function padWidth(text: string, width: number, align: "left" | "right" = "left"): string {
  const spaces = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + spaces : spaces + text;
}

/**
 * Cuts `text` (without escape sequences) to at most `width` columns, never within a character;
 * what was cut shows as `...` where there is room for it.
 */
export function fitWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const mark = width > 3 ? "..." : "";
  let kept = "";
  let room = width - mark.length;
  for (const cluster of clusters(text)) {
    room -= clusterWidth(cluster);
    if (room < 0) break;
    kept += cluster;
  }
  return kept + mark;
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character: a letter with its marks, a family of emoji. */
function* clusters(text: string): Generator<string> {
  // Made when first needed: it costs more to make than most programs ever use it.
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function clusterWidth(cluster: string): number {
  if (EMOJI.test(cluster)) return 2;
  let width = 0;
  for (const character of cluster) {
    const counts = width === 0 ? VISIBLE.test(character) : ADDS_WIDTH.test(character);
    if (counts) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}
