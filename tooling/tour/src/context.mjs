// @ts-check
// What a step of the tour gets: its app as real processes, taps on the wire, a folder of its own,
// and words for the person who watches. Everything it starts is ended after the step.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { tapTcp, tapUdp } from "./tap.mjs";

/** @typedef {{ readonly en: string, readonly zh: string }} Text */
/** @typedef {{ status: number, stdout: string, stderr: string, ms: number }} Finished */

/** Longest wait for a server to say where it listens. */
const readyLimitMs = 20_000;

export class TourContext {
  /** @type {Set<import("node:child_process").ChildProcess>} */
  #children = new Set();
  /** @type {import("./tap.mjs").Tap[]} */
  #taps = [];

  /**
   * @param {{ mainFile: string, root: string, lang: "en" | "zh", byHand: string, name: string,
   *   write: (line: string) => void }} options
   */
  constructor({ mainFile, root, lang, byHand, name, write }) {
    this.mainFile = mainFile;
    /** The workspace's root: real input stands there, such as its lockfile. */
    this.root = root;
    this.lang = lang;
    /** A folder of this step alone, deleted afterwards. */
    this.folder = mkdtempSync(join(tmpdir(), `netloom-tour-${name}-`));
    this.byHandPrefix = `${byHand} ${name}`;
    this.write = write;
  }

  /** The text in the language of the person. @param {Text} text */
  text(text) {
    return text[this.lang];
  }

  /** Tells the person something. @param {Text} text */
  say(text) {
    this.write(`  ${this.text(text)}`);
  }

  /** Shows the command that does the same by hand. @param {string} args of the app */
  byHand(args) {
    this.write(`  $ ${this.byHandPrefix} ${args}`);
  }

  /**
   * Fails the step unless the condition holds.
   *
   * @param {unknown} condition
   * @param {string} message what was expected, what was seen
   * @returns {void}
   */
  check(condition, message) {
    if (!condition) throw new Error(message);
  }

  /** @param {readonly string[]} args @param {string} [mainFile] */
  #spawn(args, mainFile = this.mainFile) {
    const child = spawn(process.execPath, [mainFile, ...args], {
      stdio: ["pipe", "pipe", "pipe"],
      cwd: this.folder,
      env: { ...process.env, NETLOOM_LANG: this.lang, NO_COLOR: "1" },
    });
    this.#children.add(child);
    child.on("close", () => this.#children.delete(child));
    // A child that ends before it has read everything is seen by its status, not by this pipe.
    child.stdin.on("error", () => {});
    return child;
  }

  /**
   * Runs the app to its end.
   *
   * @param {readonly string[]} args
   * @param {{ input?: string | Uint8Array, status?: number }} [options] status: the one expected, 0 by default
   * @returns {Promise<Finished>}
   */
  run(args, { input, status: expected = 0 } = {}) {
    const started = performance.now();
    const child = this.#spawn(args);
    child.stdin.end(input);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        const status = code ?? -1;
        const ms = performance.now() - started;
        if (status === expected) resolve({ status, stdout, stderr, ms });
        else {
          const how =
            signal === null ? `with status ${status}, expected ${expected}` : `by ${signal}`;
          reject(new Error(`"${args.join(" ")}" ended ${how}: ${stderr.trim() || stdout.trim()}`));
        }
      });
    });
  }

  /**
   * Starts the app as a server with `--json` and waits for the line `{"type":"listening","port":…}`.
   *
   * @param {readonly string[]} args
   * @returns {Promise<{ port: number, events: Record<string, unknown>[], stop(): Promise<number> }>}
   *   `events`: what it has printed until now; `stop` sends SIGTERM and gives the exit status
   */
  async serve(args) {
    const child = this.#spawn([...args, "--json"]);
    const ended = new Promise((resolve) =>
      child.on("close", (code, signal) => resolve(code ?? signal)),
    );
    /** @type {Record<string, unknown>[]} */
    const events = [];
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    const port = await new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ why) =>
        reject(new Error(`"${args.join(" ")}" ${why}: ${stderr.trim()}`));
      const timer = setTimeout(() => fail("did not say where it listens"), readyLimitMs);
      child.on("error", reject);
      child.on("close", () => fail("ended before it listened"));
      let rest = "";
      child.stdout.setEncoding("utf8").on("data", (text) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const event = JSON.parse(line);
          events.push(event);
          if (event.type !== "listening") continue;
          clearTimeout(timer);
          resolve(event.port);
        }
      });
    });
    const stop = async () => {
      child.kill("SIGTERM");
      return ended;
    };
    return { port, events, stop };
  }

  /** A tap before a TCP server on loopback; clients connect to the tap's port. @param {number} port */
  async tapTcp(port) {
    const tap = await tapTcp(port);
    this.#taps.push(tap);
    return tap;
  }

  /** A tap before a UDP server on loopback. @param {number} port */
  async tapUdp(port) {
    const tap = await tapUdp(port);
    this.#taps.push(tap);
    return tap;
  }

  /** Prints what went through a tap: counts, and how each direction began. @param {import("./tap.mjs").Tap} tap */
  wire(tap) {
    for (const [arrow, side] of /** @type {const} */ ([
      ["→", tap.sent],
      ["←", tap.received],
    ])) {
      const parts =
        tap.protocol === "UDP"
          ? this.text({ en: ` in ${side.parts} datagrams`, zh: `,${side.parts} 个数据报` })
          : "";
      const bytes = this.text({ en: "bytes", zh: "字节" });
      this.write(`  ${tap.protocol} ${arrow} ${side.bytes.toLocaleString("en")} ${bytes}${parts}`);
      if (side.first.length > 0) {
        const more = side.bytes > 16 ? " …" : "";
        const shown = side.first.subarray(0, 16);
        const hex = shown.toString("hex").replaceAll(/(..)(?!$)/g, "$1 ");
        const ascii = [...shown]
          .map((b) => (b > 31 && b < 127 ? String.fromCharCode(b) : "·"))
          .join("");
        this.write(`        ${hex}${more}  ${ascii}`);
      }
    }
  }

  /** Ends what the step left running and deletes its folder. */
  async dispose() {
    for (const tap of this.#taps) tap.close();
    await Promise.all(
      [...this.#children].map((child) => {
        const ended = new Promise((resolve) => child.once("close", resolve));
        child.kill("SIGKILL");
        return ended;
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }
}
