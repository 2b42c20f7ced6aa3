import { CommanderError } from "@commander-js/extra-typings";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import { nameBadValues } from "./check-values.ts";
import { describeError, findSystemErrors } from "./describe-error.ts";
import { AppError } from "./errors.ts";
import { commandNames, helpConfiguration } from "./help.ts";
import type { Translate } from "./language.ts";
import { inspectError, toJson } from "./output.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";
import { addStandardCommands, isCompletionRequest } from "./program.ts";
import type { GlobalOptions } from "./program.ts";
import type { StatusLine } from "./status-line.ts";
import { STOP_STATUS } from "./stop.ts";
import type { StopRequest } from "./stop.ts";
import { usageText } from "./usage-error.ts";

/** The parts of an app that its run puts together. */
export interface RunParts {
  readonly name: string;
  readonly argv: readonly string[];
  readonly program: Command<[], GlobalOptions>;
  readonly t: Translate;
  readonly output: Output;
  readonly statusLine: StatusLine;
  readonly stop: StopRequest;
  readonly colors: (stream: NodeJS.WriteStream) => boolean;
}

/** Parses, runs the action, reports what went wrong, writes everything out, ends the process. */
export async function runApp(parts: RunParts): Promise<never> {
  const { stop, statusLine } = parts;
  const run = new Run(parts);
  process.on("exit", () => statusLine.clear());
  process.on("SIGINT", () => stop.request("SIGINT"));
  process.on("SIGTERM", () => stop.request("SIGTERM"));
  // What fails outside the action's promise (an `error` event without a listener, a rejection that
  // nobody awaits) ends an app too, and with the same kind of line.
  process.on("uncaughtException", (error) => process.exit(run.statusOf(error)));
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") stop.request("EPIPE");
    else process.exit(run.statusOf(error));
  });
  // Nobody is left to tell that standard error is gone.
  process.stderr.on("error", () => {});
  const status = await run.execute();
  statusLine.clear();
  await Promise.all([written(process.stdout), written(process.stderr)]);
  // Not left to the event loop: a stray timer or an idle connection must not keep a finished app.
  process.exit(status);
}

class Run {
  readonly #parts: RunParts;
  /** The command that is being parsed or run: whose help an error points to. */
  #current: CommandUnknownOpts;
  #helpForNoCommand = "";

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#current = parts.program;
  }

  async execute(): Promise<number> {
    const { argv, program } = this.#parts;
    try {
      this.#prepare();
      if (isCompletionRequest(argv)) await this.#complete(argv.slice(1));
      else await program.parseAsync(argv, { from: "user" });
      return Number(process.exitCode ?? 0);
    } catch (error) {
      return this.statusOf(error);
    }
  }

  /** Reports an error, if it is one that a user should read, and says the exit status for it. */
  statusOf(error: unknown): number {
    const { stop } = this.#parts;
    if (stop.cause !== undefined && stop.explains(error)) return STOP_STATUS[stop.cause];
    if (error instanceof CommanderError) {
      // Help and version were printed: that is no error.
      if (error.exitCode === 0) return 0;
      if (error.code === "commander.help") return this.#noCommand();
      const usage = usageText(error, commandNames(this.#current));
      return this.#report(new AppError(usage, { code: "ERR_APP_USAGE" }));
    }
    return this.#report(error);
  }

  #prepare(): void {
    const { program, t } = this.#parts;
    addStandardCommands(program, t);
    program.hook("preAction", (_, action) => {
      this.#current = action;
    });
    this.#prepareCommand(program);
  }

  /** Done for every command by itself: those that `addCommand` added have inherited nothing. */
  #prepareCommand(command: CommandUnknownOpts): void {
    const current = (): void => {
      this.#current = command;
    };
    const colors = (): boolean => this.#parts.colors(process.stdout);
    const columns = (): number => process.stdout.columns || 80;
    // Under what the app itself has configured for a command, if it has.
    command.configureHelp({ ...helpConfiguration(this.#parts.t), ...command.configureHelp() });
    command.configureOutput({
      writeOut: (text) => process.stdout.write(text),
      // Only help for a missing command comes here; where it goes is decided later.
      writeErr: (text) => {
        this.#helpForNoCommand += text;
      },
      outputError: () => {},
      getOutHelpWidth: columns,
      getErrHelpWidth: columns,
      getOutHasColors: colors,
      getErrHasColors: colors,
    });
    command.exitOverride((error) => {
      current();
      throw error;
    });
    nameBadValues(command, current);
    for (const below of command.commands) this.#prepareCommand(below);
  }

  /** No command was named: people want to see which there are; a program has made a mistake. */
  #noCommand(): number {
    if (!this.#parts.output.json) {
      process.stdout.write(this.#helpForNoCommand);
      return 0;
    }
    const commands = commandNames(this.#current).join(", ");
    return this.#report(
      new AppError(
        {
          en: `missing command, expected one of: ${commands}`,
          zh: `缺少命令，应为其中之一：${commands}`,
        },
        { code: "ERR_APP_USAGE" },
      ),
    );
  }

  #report(error: unknown): number {
    const { name, output, statusLine, t } = this.#parts;
    const status = error instanceof AppError ? error.status : 1;
    const usage = error instanceof AppError && error.code === "ERR_APP_USAGE";
    const help = `${this.#commandLine()} --help`;
    const see = usage ? t({ en: ` (see: ${help})`, zh: `（参见：${help}）` }) : "";
    const message = `${describeError(error, t)}${see}`;
    const line = output.json
      ? toJson({ type: "error", status, code: codeOf(error), message })
      : `${name}: ${message}`;
    statusLine.clear();
    statusLine.print(process.stderr, line);
    if (process.env["NETLOOM_DEBUG"] === "1") process.stderr.write(`${inspectError(error)}\n`);
    return status;
  }

  #commandLine(): string {
    const names: string[] = [];
    for (
      let command: CommandUnknownOpts | null = this.#current;
      command;
      command = command.parent
    ) {
      names.unshift(command.name());
    }
    return names.join(" ");
  }

  async #complete(words: readonly string[]): Promise<void> {
    // Loaded only here: no other run of an app needs it.
    const { complete } = await import("./completion.ts");
    const { candidates, files } = complete(
      this.#parts.program,
      words.slice(0, -1),
      words.at(-1) ?? "",
    );
    const rows = candidates.map(
      ({ value, description }) => `${value}\t${printable(description)}\n`,
    );
    process.stdout.write(rows.join("") + (files ? ":files\n" : ""));
  }
}

function codeOf(error: unknown): string | undefined {
  const [system] = error instanceof AppError ? [] : findSystemErrors(error);
  const named: unknown = system ?? error;
  return named instanceof Error && "code" in named && typeof named.code === "string"
    ? named.code
    : undefined;
}

/** Resolves once everything that was written to the stream has left the process. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write("", () => resolve());
  });
}
