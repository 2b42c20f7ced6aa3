import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { start } from "./run-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "app-kit-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s", (signal, cutOff) => {
  test("a server that stops well ends with 0", async () => {
    const server = start(["listen"]);
    await server.said("stdout", "listening");
    server.child.kill(signal);
    expect(await server.ended).toMatchObject({ status: 0, signal: null, stderr: "closed\n" });
  });

  test(`work that is cut off cleans up and ends with ${cutOff}, without a message`, async () => {
    const file = join(folder, `cut-off-${signal}`);
    const work = start(["work", file]);
    await work.said("stdout", "ready");
    expect(existsSync(file)).toBe(true);
    work.child.kill(signal);
    expect(await work.ended).toMatchObject({ status: cutOff, signal: null, stderr: "" });
    expect(existsSync(file)).toBe(false);
  });

  test("the second one ends it at once", async () => {
    const work = start(["work", join(folder, `second-${signal}`), "--cleanup", "60000"]);
    await work.said("stdout", "ready");
    work.child.kill(signal);
    await work.said("stderr", "cleaning");
    work.child.kill(signal);
    expect(await work.ended).toMatchObject({ status: cutOff, signal: null });
  });

  test("an app that never asked for the signal ends at the first one", async () => {
    const deaf = start(["deaf"]);
    await deaf.said("stdout", "ready");
    deaf.child.kill(signal);
    expect(await deaf.ended).toMatchObject({ status: cutOff, signal: null, stderr: "" });
  });
});

test("an app that takes long to stop says how to end it", async () => {
  const work = start(["work", join(folder, "slow"), "--cleanup", "60000"]);
  await work.said("stdout", "ready");
  work.child.kill("SIGTERM");
  await work.said("stderr", "still stopping");
  work.child.kill("SIGINT");
  expect((await work.ended).status).toBe(130);
});
