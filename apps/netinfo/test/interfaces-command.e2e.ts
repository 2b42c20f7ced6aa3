import { networkInterfaces } from "node:os";

import { expect, it } from "vitest";

import { run, runJson } from "./fixtures/command.ts";

it("lists every interface with its addresses, a line of JSON each", async () => {
  const { status, events, stderr } = await runJson(["interfaces"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const found = events.map(({ name, addresses }) => [
    name,
    (addresses as { address: string; prefix: number }[]).map(
      ({ address, prefix }) => `${address}/${prefix}`,
    ),
  ]);
  const system = Object.entries(networkInterfaces()).map(([name, entries = []]) => [
    name,
    entries.map(({ cidr }) => cidr),
  ]);
  expect(found).toEqual(system);
});

it("shows them as a table, in both languages", async () => {
  const { stdout } = await run(["interfaces"]);
  expect(stdout).toMatch(/^interface +MAC +address +scope +broadcast\n/);
  expect(stdout).toMatch(/ 127\.0\.0\.1\/8 +loopback +-\n/);
  for (const entry of Object.values(networkInterfaces()).flat()) {
    expect(stdout).toContain(` ${entry?.cidr} `);
  }
  const chinese = await run(["interfaces", "--lang", "zh"]);
  expect(chinese.stdout).toMatch(/ 127\.0\.0\.1\/8 +环回 +-\n/);
});
