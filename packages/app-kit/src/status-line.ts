const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const ERASE_LINE = "\r\x1b[K";

/** What a {@link StatusLine} writes to: `process.stdout` and `process.stderr` are such. */
export interface LineStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/**
 * One line at the bottom of the terminal that stays while other lines are printed above it.
 *
 * Everything an app prints goes through `print`, or the status line and the text would run into
 * each other. The status line itself is on standard error.
 */
export class StatusLine {
  readonly #stream: LineStream;
  #shown = "";

  constructor(stream: LineStream) {
    this.#stream = stream;
  }

  /** Shows `text` (one line, no wider than the terminal) in place of what was shown. */
  set(text: string): void {
    this.#stream.write(`${this.#shown === "" ? HIDE_CURSOR : ""}${ERASE_LINE}${text}`);
    this.#shown = text;
  }

  /** Takes the line away and gives the cursor back. Nothing happens where none is shown. */
  clear(): void {
    if (this.#shown === "") return;
    this.#shown = "";
    this.#stream.write(`${ERASE_LINE}${SHOW_CURSOR}`);
  }

  /** Writes a whole line to `stream`, above the status line if both are terminals. */
  print(stream: LineStream, text: string): void {
    if (this.#shown === "" || stream.isTTY !== true) {
      stream.write(`${text}\n`);
      return;
    }
    this.#stream.write(ERASE_LINE);
    stream.write(`${text}\n`);
    this.#stream.write(this.#shown);
  }
}
