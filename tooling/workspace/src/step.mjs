// @ts-check
// The commands of the workspace are rows of steps. Each step says what it does; one that fails
// names itself and the cure, and ends the command with status 1.
import { spawn } from "node:child_process";

import { root } from "./root.mjs";

/** A step that failed: what it was, and what the person can do about it. */
export class StepError extends Error {
  /**
   * @param {string} step
   * @param {string} cure
   * @param {string} [detail] what the step printed
   */
  constructor(step, cure, detail = "") {
    super(`${step} failed`);
    this.name = "StepError";
    this.step = step;
    this.cure = cure;
    this.detail = detail;
  }
}

/**
 * Runs a program and gives its status and what it printed. Never rejects for a status: callers decide.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] show: pass the output on as it comes
 * @returns {Promise<{ status: number, output: string }>}
 */
export function run(file, args, { cwd = root, env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => {
      chunks.push(chunk);
      if (show) process.stdout.write(chunk);
    });
    child.stderr.on("data", (chunk) => {
      chunks.push(chunk);
      if (show) process.stderr.write(chunk);
    });
    const done = (/** @type {number} */ status, extra = "") =>
      resolve({ status, output: Buffer.concat(chunks).toString("utf8") + extra });
    child.on("error", (error) => done(127, error.message));
    child.on("close", (code, signal) =>
      done(code ?? 1, signal === null ? "" : `ended by ${signal}`),
    );
  });
}

/**
 * Runs one step: prints what it does, then how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  process.stdout.write(`• ${title} …\n`);
  const result = await work();
  process.stdout.write(`  done in ${seconds(performance.now() - started)}\n`);
  return result;
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * The main function of a command: a failed step becomes two lines and status 1, never a stack trace.
 *
 * @param {() => Promise<number | void>} work gives the exit status
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    if (error.detail) process.stderr.write(`${error.detail.trimEnd()}\n`);
    process.stderr.write(`✗ ${error.message}.\n  What to do: ${error.cure}\n`);
    process.exitCode = 1;
  }
}
