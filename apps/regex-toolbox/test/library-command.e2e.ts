import { expect, it } from "vitest";

import { run, runJson } from "./fixtures/command.ts";

it("lists, shows and tries patterns", async () => {
  expect((await run(["library"])).stdout).toMatch(/^identity-cn +Chinese identity number/m);
  expect((await run(["library", "--lang", "zh"])).stdout).toMatch(
    /^identity-cn +18 位居民身份证号码$/m,
  );
  const shown = await run(["library", "mail-163"]);
  expect(shown.stdout).toContain("\n^[a-zA-Z_0-9]{4,20}@163\\.com$\n");
  const tried = await run(["library", "ipv4", "10.0.0.1", "10.0.0.256"]);
  expect(tried).toEqual({ status: 1, stdout: "yes  10.0.0.1\nno  10.0.0.256\n", stderr: "" });
  expect((await run(["library", "ipv4", "10.0.0.1"])).status).toBe(0);
});

it("tries every pattern on its corpus", async () => {
  const { status, rows } = await runJson(["library", "--test"]);
  expect(status).toBe(0);
  expect(rows.length).toBeGreaterThanOrEqual(12);
  for (const row of rows) expect(row).toMatchObject({ type: "test", bad: [] });
});

it("names the patterns when there is none of that name", async () => {
  const { status, stderr } = await run(["library", "../src"]);
  expect(status).toBe(2);
  expect(stderr).toContain("expected one of: date, file-name");
});
