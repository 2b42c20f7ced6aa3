import { describe, expect, it } from "vitest";

import { Command } from "./fixtures/command.ts";

/** A moment of each lab at which processes of it run, and at which it has more to do. */
const moments: readonly (readonly [lab: string, event: string])[] = [
  ["start", "started"],
  ["isolation", "parent"],
  ["daemon", "table"],
  ["orphan", "table"],
  ["orphan", "orphan"],
  ["zombie", "table"],
  ["zombie", "zombie"],
  ["zombie", "prevented"],
  ["queue", "started"],
  ["queue", "downloaded"],
  ["pool", "results"],
];

describe("Ctrl-C leaves no process", () => {
  for (const [lab, event] of moments) {
    for (const whole of [false, true]) {
      it(`${lab}, at "${event}"${whole ? ", to the whole group as at a terminal" : ""}`, async () => {
        const command = new Command([lab, "--json"]);
        await command.until(event);
        const pid = command.child.pid as number;
        process.kill(whole ? -pid : pid, "SIGINT");
        const { status, stderr } = await command.ended;
        // 0 where the lab had nothing left to wait for.
        expect([0, 130], stderr).toContain(status);
        expect(stderr).toBe("");
        expect(command.left()).toEqual([]);
      });
    }
  }

  it("nor does SIGTERM, nor a second Ctrl-C that waits for nothing", async () => {
    const command = new Command(["zombie", "--json"]);
    await command.until("table");
    command.child.kill("SIGTERM");
    command.child.kill("SIGINT");
    expect([130, 143]).toContain((await command.ended).status);
    await command.untilNothingLeft();
  });

  it("nor does SIGKILL, which nobody can catch", async () => {
    for (const [lab, event] of [
      ["daemon", "table"],
      ["orphan", "orphan"],
      ["pool", "results"],
    ] as const) {
      const command = new Command([lab, "--json"]);
      await command.until(event);
      command.child.kill("SIGKILL");
      await command.untilNothingLeft();
    }
  });
});
