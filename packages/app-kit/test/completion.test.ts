import { Argument, Command, Option } from "@commander-js/extra-typings";
import { expect, test } from "vitest";
import { complete } from "../src/completion.ts";

const program = new Command("p")
  .option("--json", "print JSON")
  .addOption(new Option("-l, --lang <language>").choices(["en", "zh"]));
program
  .command("send")
  .alias("s")
  .description("send something")
  .argument("<where>")
  .addArgument(new Argument("[how]").choices(["fast", "slow"]))
  .option("-p, --port <port>")
  .option("--tls [file]")
  .addOption(new Option("--hidden").hideHelp());
const group = program.command("group").description("more commands");
group.command("first").argument("<files...>");
group.command("second");
program.command("secret", { hidden: true });

test.each<[string, string[], boolean]>([
  // [the words up to the cursor, the values offered, whether a path may stand there]
  ["", ["send", "group", "help"], false],
  ["s", ["send"], false],
  ["-", ["--json", "--lang", "--help"], false],
  ["-l", ["-l"], false],
  ["--l", ["--lang"], false],
  ["--lang ", ["en", "zh"], false],
  ["-l z", ["zh"], false],
  ["--lang=", ["--lang=en", "--lang=zh"], false],
  ["--json=", [], false],
  ["--nothing=x", [], false],
  ["--lang zh s", ["send"], false],
  ["--json send ", [], true],
  ["send here ", ["fast", "slow"], false],
  ["s here f", ["fast"], false],
  ["send here fast ", [], false],
  ["send --port ", [], true],
  ["send --port 1 here s", ["slow"], false],
  ["send --port=1 here s", ["slow"], false],
  ["send --tls --p", ["--port"], false],
  ["send --tls x here s", ["slow"], false],
  ["send --port --port here s", ["slow"], false],
  ["send --h", ["--help"], false],
  ["send --j", ["--json"], false],
  ["send -- -", [], true],
  ["send -- --port s", ["slow"], false],
  ["group ", ["first", "second", "help"], false],
  ["group first ", [], true],
  ["group first a b c ", [], true],
  ["group second ", [], false],
  ["nonsense ", [], false],
])("p %s", (line, values, files) => {
  const words = line.split(" ");
  const completion = complete(program, words.slice(0, -1), words.at(-1) ?? "");
  expect(completion.candidates.map(({ value }) => value)).toEqual(values);
  expect(completion.files).toBe(files);
});

test("what is offered is described", () => {
  expect(complete(program, [], "se").candidates).toEqual([
    { value: "send", description: "send something" },
  ]);
});
