import { CommanderError } from "@commander-js/extra-typings";
import { expect, test } from "vitest";
import { usageText } from "../src/usage-error.ts";

test("a message that is not known is passed on as one line", () => {
  const error = new CommanderError(1, "commander.somethingNew", "error: something\n(new)");
  expect(usageText(error, [])).toEqual({ en: "something (new)", zh: "something (new)" });
  const changed = new CommanderError(1, "commander.missingArgument", "error: said in another way");
  expect(usageText(changed, []).en).toBe("said in another way");
});

test("a name with a line feed in it is still recognized", () => {
  const error = new CommanderError(1, "commander.unknownCommand", "error: unknown command 'a\nb'");
  expect(usageText(error, ["send"]).en).toBe('unknown command "a\\nb", expected one of: send');
});
