#!/usr/bin/env node
// @ts-check
// netloom-readme [--write] [README.md]
//
// Holds a README to the truth: every code block is an example file or what that file prints, every
// example file is executed and ends with 0. --write puts the files' text and output into the README.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { findBlocks, sameOutput } from "./blocks.mjs";
import { runExample } from "./run-example.mjs";

const args = process.argv.slice(2);
const write = args.includes("--write");
const readmeFile = resolve(args.find((arg) => !arg.startsWith("--")) ?? "README.md");
const base = dirname(readmeFile);

/** @type {string[]} */
const failures = [];
let passed = 0;
const check = (/** @type {boolean} */ ok, /** @type {string} */ message) => {
  if (ok) passed += 1;
  else failures.push(message);
};

let readme = existsSync(readmeFile) ? readFileSync(readmeFile, "utf8") : "";
check(readme !== "", `${relative(process.cwd(), readmeFile)} does not exist`);
const blocks = findBlocks(readme);

const examplesFolder = resolve("examples");
const files = new Set(blocks.flatMap((block) => (block.kind ? [resolve(base, block.file)] : [])));
if (existsSync(examplesFolder)) {
  for (const name of readdirSync(examplesFolder)) {
    if (/\.(ts|sh)$/.test(name)) files.add(join(examplesFolder, name));
  }
}

/** @type {Map<string, { text: string, printed: string }>} */
const results = new Map();
for (const file of [...files].toSorted()) {
  const name = relative(base, file);
  if (!existsSync(file)) {
    failures.push(`${name} is shown in the README and does not exist`);
    continue;
  }
  const { status, stdout, stderr } = await runExample(file);
  check(status === 0, `${name} ended with ${status}:\n${stderr || stdout}`);
  results.set(file, { text: readFileSync(file, "utf8"), printed: stdout });
}

// From the last block to the first, so that offsets stay right while the text is replaced.
for (const block of blocks.toReversed()) {
  if (block.language === "mermaid") continue;
  const place = `README.md:${block.line}`;
  if (block.kind === undefined) {
    failures.push(
      `${place}: a code block needs <!-- example: FILE --> or <!-- output: FILE --> on the line before it`,
    );
    continue;
  }
  const result = results.get(resolve(base, block.file));
  if (result === undefined) continue;
  const wanted = block.kind === "example" ? result.text : result.printed;
  const same = block.kind === "example" ? block.text === wanted : sameOutput(block.text, wanted);
  if (!same && write) readme = readme.slice(0, block.start) + wanted + readme.slice(block.end);
  const what =
    block.kind === "example" ? `differs from ${block.file}` : `is not what ${block.file} prints`;
  check(
    same || write,
    `${place}: the block ${what}; \`pnpm readme --write\` mends it. Printed:\n${wanted}`,
  );
}
if (write) writeFileSync(readmeFile, readme);

mkdirSync(".report", { recursive: true });
writeFileSync(".report/readme.json", JSON.stringify({ passed, failed: failures.length, failures }));
for (const failure of failures) process.stderr.write(`✗ ${failure}\n`);
process.stdout.write(`README: ${passed} passed, ${failures.length} failed\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
