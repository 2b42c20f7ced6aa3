import { detectLanguage } from "@netloom/app-kit";
import { expect, test } from "vitest";

test.each<[string, string[], Record<string, string>, "en" | "zh"]>([
  ["the option", ["--lang", "zh"], { NETLOOM_LANG: "en", LANG: "en_US.UTF-8" }, "zh"],
  ["the option with =", ["send", "--lang=zh"], { LANG: "en_US.UTF-8" }, "zh"],
  ["the last of two options", ["--lang", "zh", "--lang=en"], { LANG: "zh_CN" }, "en"],
  ["no option after --", ["--", "--lang", "zh"], { LANG: "C" }, "en"],
  ["an option without value", ["--lang"], { LANG: "zh_CN" }, "zh"],
  ["an option of no language of ours", ["--lang", "fr"], { NETLOOM_LANG: "zh" }, "zh"],
  ["NETLOOM_LANG before the locale", [], { NETLOOM_LANG: "zh", LC_ALL: "en_US" }, "zh"],
  ["NETLOOM_LANG of no language of ours", [], { NETLOOM_LANG: "de", LANG: "zh_CN.UTF-8" }, "zh"],
  ["LC_ALL before the others", [], { LC_ALL: "zh_TW", LC_MESSAGES: "en_US", LANG: "en_US" }, "zh"],
  ["LC_MESSAGES before LANG", [], { LC_ALL: "", LC_MESSAGES: "zh_CN", LANG: "en_US" }, "zh"],
  ["an empty variable as none", [], { LC_ALL: "", LC_MESSAGES: "", LANG: "zh-Hans" }, "zh"],
  ["LC_ALL=C before LANG", [], { LC_ALL: "C.UTF-8", LANG: "zh_CN" }, "en"],
  ["no other language that begins alike", [], { LANG: "zha_CN" }, "en"],
])("%s", (_, argv, env, language) => {
  expect(detectLanguage(argv, env)).toBe(language);
});

test("without any variable the system's locale decides", () => {
  const system = new Intl.DateTimeFormat().resolvedOptions().locale;
  expect(detectLanguage([], {})).toBe(system.startsWith("zh") ? "zh" : "en");
});
