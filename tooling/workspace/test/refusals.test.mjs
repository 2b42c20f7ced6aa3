// @ts-check
// What the architecture forbids is refused by `pnpm check`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { copyWorkspace, workspaceCommand } from "./copy.mjs";

/** @type {import("./copy.mjs").Copy} */
let copy;
beforeAll(async () => {
  copy = await copyWorkspace();
});
afterAll(() => copy?.remove());

/**
 * Changes one file, runs every gate, gives the result, and puts the file back.
 *
 * @param {string} file
 * @param {(text: string) => string} change
 */
async function checkWith(file, change) {
  const path = join(copy.folder, file);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, change(before));
  try {
    return await copy.run(process.execPath, workspaceCommand("check"));
  } finally {
    writeFileSync(path, before);
  }
}

it("refuses a package that imports an app", async () => {
  const { status, output } = await checkWith("packages/tcp/package.json", (text) =>
    text.replace('"dependencies": {', '"dependencies": {\n    "@netloom/echo": "workspace:^",'),
  );
  expect(output).toContain("packages/tcp depends on the app echo");
  expect(output).toMatch(/✗ boundaries/);
  expect(output).toMatch(/- tests +not run/);
  expect(status).toBe(1);
});

it("refuses a package that reaches into another's src", async () => {
  const { status, output } = await checkWith(
    "packages/framing/src/index.ts",
    (text) => `${text}export type { Codec } from "../../codec/src/codec.ts";\n`,
  );
  expect(output).toMatch(/✗ boundaries/);
  expect(output).toContain("../../codec/src/codec.ts");
  expect(status).toBe(1);
});

it("refuses an import of a package that package.json does not name", async () => {
  const { status, output } = await checkWith(
    "packages/concurrency/src/index.ts",
    (text) => `${text}export type { Codec } from "@netloom/codec";\n`,
  );
  expect(output).toMatch(/✗ boundaries/);
  expect(output).toContain("@netloom/codec");
  expect(status).toBe(1);
});

it("refuses a package that depends on a higher floor, and one out of order on its own", async () => {
  const higher = await checkWith("packages/concurrency/package.json", (text) =>
    text.replace(
      '"devDependencies": {',
      '"devDependencies": {\n    "@netloom/tcp": "workspace:^",',
    ),
  );
  expect(higher.output).toContain("packages/concurrency depends on tcp");
  expect(higher.status).toBe(1);
  const order = await checkWith("packages/codec/package.json", (text) =>
    text.replace(
      '"devDependencies": {',
      '"devDependencies": {\n    "@netloom/framing": "workspace:^",',
    ),
  );
  expect(order.output).toContain("packages/codec depends on framing");
  expect(order.status).toBe(1);
});

it("passes the quick gates without such a change", async () => {
  const { output } = await copy.run(
    process.execPath,
    workspaceCommand("check", "format", "boundaries", "workspace", "unused", "lint"),
  );
  expect(output).toContain("5 passed, 0 failed");
});
