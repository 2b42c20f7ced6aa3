// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { defineStep } from "@netloom/tour";

// A package and its version, as the lockfile lists them.
const entry = String.raw`^  '?(?P<name>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>\d+\.\d+\.\d+[\w.+-]*)'?:`;

/** The same without a pattern: what stands around the last @ of such a line. @param {string} line */
function packageOf(line) {
  if (!line.startsWith("  ") || line[2] === " " || !line.includes(":")) return undefined;
  const name = line.trim().split(":")[0]?.replaceAll("'", "").split("(")[0] ?? "";
  const at = name.lastIndexOf("@");
  const version = name.slice(at + 1);
  return at > 0 && version[0] !== undefined && version[0] >= "0" && version[0] <= "9"
    ? { name: name.slice(0, at), version }
    : undefined;
}

export default defineStep({
  title: {
    en: "Python's regular expressions find every package in this repository's lockfile",
    zh: "用 Python 的正则表达式找出本仓库锁文件中的所有软件包",
  },
  async run(tour) {
    const lockfile = join(tour.root, "pnpm-lock.yaml");
    const content = readFileSync(lockfile, "utf8").split("\n");
    const start = content.indexOf("packages:");
    const end = content.indexOf("snapshots:");
    const section = content.slice(start, end);
    const expected = section.flatMap((line) => packageOf(line) ?? []);

    const found = await tour.run(["findall", entry, "--json"], { input: section.join("\n") });
    const rows = found.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const named = rows.filter(({ type }) => type === "match").map((row) => row.named);
    tour.check(expected.length > 50, `the lockfile lists only ${expected.length} packages`);
    tour.check(
      JSON.stringify(named) === JSON.stringify(expected),
      `the pattern found ${named.length} packages, counted by hand there are ${expected.length}`,
    );
    const [first] = expected;
    tour.say({
      en: `findall: ${named.length} packages in ${section.length} lines, as counted without patterns; the first is ${first?.name} ${first?.version} (${found.ms.toFixed(0)} ms)`,
      zh: `findall：${section.length} 行中有 ${named.length} 个软件包，与不用模式的统计一致；第一个是 ${first?.name} ${first?.version}（${found.ms.toFixed(0)} 毫秒）`,
    });

    const line = `${first?.name}@${first?.version}`;
    const swapped = await tour.run(["sub", "(.+)@(.+)", String.raw`\2 of \1`, line]);
    tour.check(
      swapped.stdout === `${first?.version} of ${first?.name}\n`,
      `sub printed ${swapped.stdout}`,
    );
    tour.say({
      en: `sub: ${line} → ${swapped.stdout.trimEnd()}`,
      zh: `sub：${line} → ${swapped.stdout.trimEnd()}`,
    });

    const bad = await tour.run(["search", "织(网", "织网"], { status: 2 });
    tour.check(bad.stderr.includes("织▸(网"), `the bad place is not marked: ${bad.stderr}`);
    const hint = await tour.run(["search", "（网）？", "织网"], { status: 1 });
    tour.check(hint.stderr.includes("（）？"), `no hint at full-width characters: ${hint.stderr}`);
    tour.say({ en: bad.stderr.trimEnd(), zh: bad.stderr.trimEnd() });
    tour.say({ en: hint.stderr.trimEnd(), zh: hint.stderr.trimEnd() });

    const tested = await tour.run(["library", "--test", "--json"]);
    const tests = tested.stdout
      .trimEnd()
      .split("\n")
      .map((row) => JSON.parse(row));
    const cases = tests.reduce((sum, { must, mustNot }) => sum + must + mustNot, 0);
    tour.check(
      tests.every(({ bad: wrong }) => wrong.length === 0),
      "a pattern of the library fails its corpus",
    );
    tour.say({
      en: `library: ${tests.length} ready patterns pass their ${cases} cases`,
      zh: `library：${tests.length} 个现成模式通过了 ${cases} 个用例`,
    });
    tour.byHand(String.raw`findall '"(\w+)":' --file package.json`);
    tour.byHand("library");
  },
});
