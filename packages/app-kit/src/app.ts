import type { Command } from "@commander-js/extra-typings";
import { takesColors } from "./color-support.ts";
import { hasFlag } from "./early-options.ts";
import { detectLanguage } from "./language.ts";
import type { Language, Text, Translate } from "./language.ts";
import { createOutput } from "./output.ts";
import type { Output } from "./output.ts";
import { createProgram } from "./program.ts";
import type { GlobalOptions } from "./program.ts";
import { createProgress } from "./progress.ts";
import type { Progress, ProgressOptions } from "./progress.ts";
import { runApp } from "./run.ts";
import { StatusLine } from "./status-line.ts";
import { StopRequest } from "./stop.ts";

/** One line of the examples at the end of `--help`. */
export interface Example {
  /** The command as it is typed, with the app's name. */
  readonly command: string;
  /** What it does, in a few words. */
  readonly does: Text;
}

/** What an app is. */
export interface AppOptions {
  /** Name of the command as it is typed, such as `netloom-echo`. */
  readonly name: string;
  /**
   * The version, or where it stands: `new URL("../package.json", import.meta.url)`, which is right
   * from `src/main.ts` and from `dist/main.js` alike.
   */
  readonly version: string | URL;
  /** What the app does, in a sentence, for the head of `--help`. */
  readonly summary: Text;
  /** Examples for the end of `--help`. Default none. */
  readonly examples?: readonly Example[] | undefined;
  /**
   * Exit statuses (1 to 255) that this app has besides 0, 1 and 2 or gives another meaning to,
   * for the end of `--help`. Default none.
   */
  readonly statuses?: Readonly<Record<number, Text>> | undefined;
  /** The arguments. Default those of the process. */
  readonly argv?: readonly string[] | undefined;
}

/** A command-line app: its commands, and what its actions work with. */
export interface App {
  /**
   * The commander program: add commands, options, arguments and actions to it. It has `--json`,
   * `--lang`, `--no-color`, `--version`, `--help` and the command `completion` already, refuses
   * arguments in excess, and its help is in the user's language.
   */
  readonly program: Command<[], GlobalOptions>;
  /** The user's language. */
  readonly language: Language;
  /** Picks the text in the user's language. */
  readonly t: Translate;
  /** Results, notes and colours. */
  readonly output: Output;
  /**
   * Aborted when the app is asked to stop: by SIGINT (Ctrl-C) or SIGTERM, or because the reader of
   * its standard output has gone away.
   *
   * Only an app that reads this property is waited for; any other ends at the first signal. The
   * second signal ends every app at once. An action that returns after the abort has stopped well:
   * status 0, which is what a server does. One that was cut off in its work throws (`throwIfAborted`,
   * or what the aborted operation threw): status 130 for SIGINT and 143 for SIGTERM, and no message.
   */
  readonly signal: AbortSignal;
  /** Resolves when {@link App.signal} is aborted: what a server waits for. Never rejects. */
  untilStopped(): Promise<void>;
  /** Starts to show the progress of a piece of work. Show one at a time. */
  progress(options: ProgressOptions): Progress;
  /**
   * Parses the arguments, runs the action, and ends the process once the output is written.
   *
   * The status is 0 when the action returned (or `process.exitCode` where the action has set that),
   * 2 for wrong arguments, the status of an {@link AppError}, 1 for every other error. An error
   * becomes one line on standard error, with the cure where we know one; `NETLOOM_DEBUG=1` adds
   * the stack.
   */
  main(): Promise<never>;
}

/**
 * Makes a command-line app: add commands to `app.program`, then `await app.main()`.
 *
 * @example
 * const app = createApp({
 *   name: "greet",
 *   version: "1.0.0",
 *   summary: { en: "Greets people", zh: "问候" },
 * });
 * app.program.argument("<name>", app.t({ en: "whom", zh: "姓名" })).action((name) => {
 *   app.output.result({ name }, app.t({ en: `Hello, ${name}`, zh: `你好，${name}` }));
 * });
 * await app.main();
 */
export function createApp(options: AppOptions): App {
  const argv = options.argv ?? process.argv.slice(2);
  const { env } = process;
  const language = detectLanguage(argv, env);
  const t: Translate = (text) => text[language];
  const statusLine = new StatusLine(process.stderr);
  const program = createProgram(options, t);
  const colors = (stream: NodeJS.WriteStream): boolean =>
    takesColors({ refused: hasFlag(argv, "--no-color"), env, isTerminal: stream.isTTY });
  const output = createOutput({
    json: hasFlag(argv, "--json"),
    colors: () => colors(process.stdout),
    statusLine,
  });
  const stop = new StopRequest({
    exit: (status) => {
      statusLine.clear();
      process.exit(status);
    },
    onSlow: () =>
      output.note(
        t({
          en: "still stopping; Ctrl-C again ends it at once",
          zh: "正在停止；再按 Ctrl-C 立即结束",
        }),
      ),
  });
  return {
    program,
    language,
    t,
    output,
    get signal() {
      return stop.signal;
    },
    untilStopped: () =>
      new Promise((resolve) => {
        if (stop.signal.aborted) resolve();
        else stop.signal.addEventListener("abort", () => resolve(), { once: true });
      }),
    progress: (progressOptions) =>
      createProgress(progressOptions, {
        mode: output.json ? "json" : isLiveTerminal() ? "terminal" : "lines",
        statusLine,
        print: (line) => statusLine.print(process.stderr, line),
        columns: () => process.stderr.columns || 80,
        t,
      }),
    main: () => runApp({ name: options.name, argv, program, t, output, statusLine, stop, colors }),
  };
}

function isLiveTerminal(): boolean {
  return process.stderr.isTTY && process.env["TERM"] !== "dumb";
}
