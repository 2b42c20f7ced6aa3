// @ts-check
// Runs the steps of all apps one after the other, and says at the end what became of each.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { styleText } from "node:util";

import { TourContext } from "./context.mjs";

/** Longest time that one app's step may take. */
const stepLimitMs = 120_000;

/** @returns {"en" | "zh"} */
function language() {
  const { NETLOOM_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^zh/i.test(NETLOOM_LANG || LC_ALL || LC_MESSAGES || LANG || "") ? "zh" : "en";
}

/**
 * @typedef {{ name: string, description: string, stepFile: string, mainFile: string }} TourApp
 * @param {{ apps: TourApp[], root: string, only: readonly string[], byHand: string }} options
 * @returns {Promise<number>} the exit status: 1 when a step failed
 */
export async function runTour({ apps, root, only, byHand }) {
  const lang = language();
  const colour = process.stdout.isTTY && !process.env["NO_COLOR"];
  /** @type {(style: Parameters<typeof styleText>[0], text: string) => string} */
  const paint = (style, text) => (colour ? styleText(style, text) : text);
  const write = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

  if (only.includes("--list")) {
    for (const app of apps) write(`${app.name}  ${app.description}`);
    return 0;
  }
  /** @type {TourContext | undefined} */
  let current;
  const leave = async (/** @type {number} */ status) => {
    await current?.dispose();
    process.exit(status);
  };
  process.on("SIGINT", () => void leave(130));
  process.on("SIGTERM", () => void leave(143));
  // Whoever reads the tour through `| head` has seen enough.
  process.stdout.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== "EPIPE") throw error;
    void leave(0);
  });

  const unknown = only.filter((name) => !apps.some((app) => app.name === name));
  if (unknown.length > 0) {
    const known = apps.map((app) => app.name).join(", ");
    process.stderr.write(`There is no app named "${unknown[0]}". The apps are: ${known}.\n`);
    return 2;
  }
  const chosen = only.length === 0 ? apps : apps.filter((app) => only.includes(app.name));

  /** @type {{ app: TourApp, title: string, ms: number, error?: unknown }[]} */
  const results = [];
  for (const app of chosen) {
    const started = performance.now();
    let title = app.description;
    try {
      if (!existsSync(app.stepFile)) {
        throw new Error(`it has no step: add ${app.stepFile.slice(root.length + 1)}`);
      }
      /** @type {import("./index.mjs").Step} */
      const step = (await import(pathToFileURL(app.stepFile).href)).default;
      title = step.title[lang];
      write("");
      write(paint("bold", `${app.name}: ${title}`));
      current = new TourContext({
        mainFile: app.mainFile,
        root,
        lang,
        byHand,
        name: app.name,
        write,
      });
      await withLimit(step.run(current));
      results.push({ app, title, ms: performance.now() - started });
    } catch (error) {
      write(paint("red", `  ✗ ${error instanceof Error ? error.message : String(error)}`));
      results.push({ app, title, ms: performance.now() - started, error });
    } finally {
      await current?.dispose();
      current = undefined;
    }
  }

  const width = Math.max(...apps.map((app) => app.name.length));
  write("");
  for (const { app, title, ms, error } of results) {
    const mark = error === undefined ? paint("green", "done  ") : paint("red", "failed");
    write(`${mark}  ${app.name.padEnd(width)}  ${(ms / 1000).toFixed(1).padStart(5)} s  ${title}`);
  }
  if (process.stdout.isTTY) {
    write("");
    write(lang === "zh" ? "自己试一试:" : "Try them yourself:");
    for (const app of apps)
      write(`  ${byHand} ${app.name.padEnd(width)} --help   ${app.description}`);
  }
  return results.some((result) => result.error !== undefined) ? 1 : 0;
}

/** @param {Promise<void>} work */
async function withLimit(work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it took longer than ${stepLimitMs / 1000} s`)),
      stepLimitMs,
    );
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
