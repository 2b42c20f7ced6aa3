import { createApp } from "@netloom/app-kit";
import { expect, test } from "vitest";

const summary = { en: "test", zh: "测试" };

test("the language is known before the program is built", () => {
  const app = createApp({ name: "x", version: "1", summary, argv: ["--lang", "zh"] });
  expect(app.language).toBe("zh");
  expect(app.t(summary)).toBe("测试");
  expect(app.program.description()).toBe("测试");
});

test("a name that would need quoting in a shell is refused", () => {
  for (const name of ["", "Echo", "a b", "x;y", "-x"]) {
    expect(() => createApp({ name, version: "1", summary })).toThrow(RangeError);
  }
});

test("the version stands in a package.json, or is an error where it does not", () => {
  const version = new URL("../package.json", import.meta.url);
  expect(createApp({ name: "x", version, summary }).program.version()).toMatch(/^\d+\.\d+\.\d+$/);
  const none = new URL("../tsconfig.json", import.meta.url);
  expect(() => createApp({ name: "x", version: none, summary })).toThrow(/has no version$/);
});

test("the types of options and arguments are inferred", () => {
  const app = createApp({ name: "x", version: "1", summary, argv: [] });
  app.program
    .command("send")
    .argument("<file>")
    .option("--count <n>", "how often", Number, 1)
    .action((file, options) => {
      const name: string = file;
      const count: number = options.count;
      void [name, count];
    });
  const json: true | undefined = app.program.opts().json;
  expect(json).toBeUndefined();
});

test("untilStopped waits", async () => {
  const app = createApp({ name: "x", version: "1", summary, argv: [] });
  const first = await Promise.race([app.untilStopped(), Promise.resolve("waits")]);
  expect(first).toBe("waits");
  expect(app.signal.aborted).toBe(false);
});
