import { displayWidth } from "./display-width.ts";

// A word with the space before it, or one ideograph (Chinese is written without spaces) with the
// punctuation that must not start a line.
const PIECE =
  /\s*(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef][，。、：；！？）》」』”]*|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]+[，。、：；！？）》」』”]*)/gu;

/** Wraps every line of `text` to `width` columns, between words and between ideographs. */
export function wrapText(text: string, width: number): string {
  return text
    .split(/\r?\n/)
    .map((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string {
  const wrapped: string[] = [];
  let current = "";
  let used = 0;
  for (const [piece] of line.matchAll(PIECE)) {
    const wide = displayWidth(piece);
    if (used > 0 && used + wide > width) {
      wrapped.push(current);
      current = piece.trimStart();
      used = displayWidth(current);
    } else {
      current += piece;
      used += wide;
    }
  }
  return [...wrapped, current].join("\n");
}
