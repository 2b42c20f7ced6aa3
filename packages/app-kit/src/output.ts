import { inspect, styleText } from "node:util";
import type { StatusLine } from "./status-line.ts";

/** What `util.styleText` takes: a colour, a modifier, or several. */
export type Style = Parameters<typeof styleText>[0];

/** Where an app's words go. Results go to standard output, everything else to standard error. */
export interface Output {
  /** Whether `--json` was given: standard output carries JSON lines and nothing else. */
  readonly json: boolean;

  /**
   * Prints one result on standard output: under `--json` the value as one line of JSON, else the
   * human text and a line feed.
   *
   * @param value - what `JSON.stringify` takes; a bigint is written as a string of digits
   * @param human - the text for people, or a function that makes it (not called under `--json`);
   *   nothing is printed for an empty text. Text that came from a peer goes through `printable`.
   */
  result(value: unknown, human: string | (() => string)): void;

  /**
   * Says something beside the results, on standard error; under `--json` as
   * `{"type":"note","text":…}`.
   */
  note(text: string): void;

  /**
   * Wraps `text` in a style if standard output takes colours: it is a terminal and neither
   * `--no-color` nor `NO_COLOR` is set; `FORCE_COLOR` turns colours on for a pipe too.
   */
  style(style: Style, text: string): string;
}

/** What an {@link Output} writes with. */
export interface OutputParts {
  readonly json: boolean;
  readonly colors: () => boolean;
  readonly statusLine: StatusLine;
}

/** The output of an app on this process's standard streams. */
export function createOutput({ json, colors, statusLine }: OutputParts): Output {
  return {
    json,
    result(value, human) {
      if (json) {
        statusLine.print(process.stdout, toJson(value));
        return;
      }
      const text = typeof human === "function" ? human() : human;
      if (text !== "") statusLine.print(process.stdout, text);
    },
    note(text) {
      statusLine.print(process.stderr, json ? toJson({ type: "note", text }) : text);
    },
    style(style, text) {
      // Decided here, once for the whole app: what styleText itself looks at differs between
      // the releases of Node 20.
      return colors() ? styleText(style, text, { validateStream: false }) : text;
    },
  };
}

/** One line of JSON; what JSON has no value for at the top (`undefined`) becomes `null`. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? part.toString() : part,
  ) as string | undefined;
  return text ?? "null";
}

/** For `NETLOOM_DEBUG=1`: an error with its stack, its causes and its fields. */
export function inspectError(error: unknown): string {
  return inspect(error, { depth: 4 });
}
