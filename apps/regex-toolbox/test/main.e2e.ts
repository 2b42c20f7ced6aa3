import { expect, it } from "vitest";

import { run } from "./fixtures/command.ts";

it("states its exit statuses and its commands, in both languages", async () => {
  const { status, stdout } = await run(["--help"]);
  expect(status).toBe(0);
  for (const name of ["match", "search", "findall", "sub", "split", "library"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
  }
  expect(stdout).toMatch(/Exit status:\n {2}0 .*\n {2}1 .*\n {2}2 /);
  expect((await run(["--help", "--lang", "zh"])).stdout).toContain("退出状态：");
});
