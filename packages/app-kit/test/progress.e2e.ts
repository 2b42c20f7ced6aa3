import { describe, expect, test } from "vitest";
import { FIXTURE_COMMAND, isInstalled, run, startOnTerminal } from "./run-fixture.ts";

const HIDE = "\x1b[?25l";
const SHOW = "\x1b[?25h";

// util-linux `script` makes the pseudo terminal.
describe.skipIf(!isInstalled("script"))("on a terminal", () => {
  test("a bar that fits, results above it, a last line, and the cursor back", async () => {
    const { stdout, status } = await startOnTerminal(`${FIXTURE_COMMAND} progress 10485760`).ended;
    expect(status).toBe(0);
    // Each drawing erases the line, and the last one leaves the total behind.
    const drawings = stdout.split("\r\x1b[K").slice(1);
    const bars = drawings.filter((drawing) => drawing.includes("%  "));
    expect(bars.length).toBeGreaterThan(1);
    expect(bars[0]).toMatch(/^图片\.png  \[-+\]    0%  0 B\/10 MiB  0 B\/s/);
    expect(stdout).toContain("\r\x1b[Khalf\r\n图片.png  [");
    expect(stdout).toMatch(/图片\.png: 100%  10 MiB\/10 MiB  in [^\r]+\/s\)\r\n$/);
    expect(stdout.split(HIDE)).toHaveLength(2);
    expect(stdout.lastIndexOf(SHOW)).toBeGreaterThan(stdout.lastIndexOf("[#"));
  });

  test("Ctrl-C gives the cursor back", async () => {
    const app = startOnTerminal(`${FIXTURE_COMMAND} progress 1000 --wait`);
    await app.said("stdout", "half");
    app.child.stdin.write("\x03");
    const { stdout, status } = await app.ended;
    expect(status).toBe(130);
    expect(stdout.endsWith(`\r\x1b[K${SHOW}`)).toBe(true);
  });

  test("a terminal that cannot move its cursor gets plain lines", async () => {
    const { stdout } = await startOnTerminal(`${FIXTURE_COMMAND} progress 1000`, { TERM: "dumb" })
      .ended;
    expect(stdout).not.toContain("\x1b");
    expect(stdout).toContain("图片.png: 50%  500 B/1000 B\r\n");
  });
});

describe("elsewhere", () => {
  test("ten lines on standard error, however often it is updated", () => {
    const { stdout, stderr, status } = run(["progress", "1000"]);
    expect({ stdout, status }).toEqual({ stdout: "half\n", status: 0 });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("图片.png: 10%  100 B/1000 B");
    expect(lines[9]).toMatch(/^图片\.png: 100% {2}1000 B\/1000 B {2}in /);
    expect(run(["progress", "1000", "--lang", "zh"]).stderr).toMatch(/用时 .+（.+\/s）\n$/);
  });

  test("a name that a peer chose stays on one line", () => {
    const { stderr } = run(["progress", "1000", "--label", "a\nb\x1b[2J"]);
    expect(stderr).not.toContain("\x1b");
    expect(stderr.split("\n")[0]).toBe("a\\nb\\x1b[2J: 10%  100 B/1000 B");
  });

  test("under --json the same moments as events", () => {
    const { stdout, stderr } = run(["progress", "1000", "--json"]);
    expect(stdout).toBe('{"half":true}\n');
    const events = stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(events).toHaveLength(10);
    expect(events.at(-1)).toEqual({
      type: "progress",
      label: "图片.png",
      done: 1000,
      total: 1000,
      unit: "bytes",
      ended: true,
    });
  });
});
