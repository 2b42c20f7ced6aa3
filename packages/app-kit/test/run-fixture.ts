import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The app that the tests run, as a process of its own. */
export const FIXTURE: string = fileURLToPath(new URL("./fixtures/app.mjs", import.meta.url));

/** Another app, one without commands. */
export const SINGLE: string = fileURLToPath(new URL("./fixtures/single.mjs", import.meta.url));

/** An environment in which nothing but the test decides about language and colours. */
export function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "/",
    LANG: "C.UTF-8",
    ...more,
  };
}

export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an app, the first fixture if not told otherwise, to its end. */
export function run(
  args: readonly string[],
  env: Record<string, string> = {},
  file: string = FIXTURE,
): Ended {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    env: environment(env),
    encoding: "utf8",
  });
  return { status, signal, stdout, stderr };
}

/** A running program, and what it has said so far. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  stdout = "";
  stderr = "";
  readonly #read = { stdout: 0, stderr: 0 };
  readonly #waiters = new Set<() => void>();

  constructor(command: string, args: readonly string[], env: Record<string, string>) {
    this.child = spawn(command, args, { env });
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => this.#heard("stdout", text));
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => this.#heard("stderr", text));
    // The reader of a program that has ended has nobody to write to.
    this.child.stdin.on("error", () => {});
    this.ended = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.on("close", (status, signal) => {
        for (const waiter of this.#waiters) waiter();
        resolve({ status, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Waits until a stream says `text`, after what it was waited for before. */
  async said(stream: "stdout" | "stderr", text: string): Promise<void> {
    for (;;) {
      const found = this[stream].indexOf(text, this.#read[stream]);
      if (found !== -1) {
        this.#read[stream] = found + text.length;
        return;
      }
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`ended without "${text}":\n${this.stdout}\n${this.stderr}`);
      }
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve);
      });
    }
  }

  #heard(stream: "stdout" | "stderr", text: string): void {
    this[stream] += text;
    for (const waiter of this.#waiters) waiter();
    this.#waiters.clear();
  }
}

/** Starts the fixture. */
export function start(args: readonly string[], env: Record<string, string> = {}): Running {
  return new Running(process.execPath, [FIXTURE, ...args], environment(env));
}

/** Whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** Starts a shell command on a pseudo terminal of 80 columns, by util-linux `script`. */
export function startOnTerminal(command: string, env: Record<string, string> = {}): Running {
  return new Running("script", ["-qec", `stty cols 80 rows 24; ${command}`, "/dev/null"], {
    ...environment({ TERM: "xterm", SHELL: "/bin/sh" }),
    ...env,
  });
}

/** The fixture's command, quoted for `sh`. */
export const FIXTURE_COMMAND = `'${process.execPath}' '${FIXTURE}'`;
