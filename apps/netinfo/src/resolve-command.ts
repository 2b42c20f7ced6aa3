import { AppError, Option, parseDuration, printable } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { lookUp } from "./look-up.ts";
import type { Lookup } from "./look-up.ts";
import { reported } from "./reported.ts";

/** Adds `netloom-netinfo resolve`. */
export function addResolveCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("resolve")
    .description(
      t({ en: "look up a name or an address, and back", zh: "查询名称或地址，并反向查询" }),
    )
    .argument("<name-or-address>", t({ en: "what to look up", zh: "要查询的名称或地址" }))
    .addOption(
      new Option("--timeout <time>", t({ en: "longest time in all", zh: "总共最长等待时间" }))
        .argParser(parseTimeout)
        .default(5_000, "5s"),
    )
    .action(async (asked, { timeout }) => {
      const { signal } = app;
      await reported(async () => {
        for await (const found of lookUp(asked, { timeoutMs: timeout, signal })) {
          output.result(found, () => t(lookupText(found)));
        }
      });
    });
}

function parseTimeout(value: string): number {
  const ms = parseDuration(value);
  if (ms >= 1) return ms;
  throw new AppError(
    { en: `got "${value}", expected at least 1ms`, zh: `得到“${value}”，应不少于 1ms` },
    { code: "ERR_APP_USAGE" },
  );
}

function lookupText({ asked, answers, ms, error }: Lookup): Text {
  // Names come from whoever runs the name server.
  const found = printable(answers.join(", "));
  const time = ms.toFixed(ms < 10 ? 2 : 0);
  const from = printable(asked);
  if (answers.length > 0) {
    return { en: `${from} -> ${found}  (${time} ms)`, zh: `${from} -> ${found}  （${time} 毫秒）` };
  }
  const code = error ?? "";
  return code === "ENOTFOUND"
    ? { en: `${from} -> nothing  (${time} ms)`, zh: `${from} -> 无  （${time} 毫秒）` }
    : {
        en: `${from} -> not answered: ${code}  (${time} ms)`,
        zh: `${from} -> 未答复：${code}  （${time} 毫秒）`,
      };
}
