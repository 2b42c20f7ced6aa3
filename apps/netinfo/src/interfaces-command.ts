import { formatTable } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";

import { listInterfaces } from "./list-interfaces.ts";
import type { NetworkInterface } from "./list-interfaces.ts";
import { RANGE_NAMES } from "./ranges.ts";
import { reported } from "./reported.ts";

/** Adds `netloom-netinfo interfaces`. */
export function addInterfacesCommand(app: App): void {
  const { program, output, t } = app;
  program
    .command("interfaces")
    .description(t({ en: "list this machine's interfaces", zh: "列出本机的网络接口" }))
    .action(async () => {
      const interfaces = await reported(listInterfaces);
      if (output.json) {
        for (const each of interfaces) output.result(each, "");
      } else {
        output.result(undefined, interfaceTable(app, interfaces));
      }
    });
}

function interfaceTable({ t }: App, interfaces: readonly NetworkInterface[]): string {
  const rows = interfaces.flatMap(({ name, mac, addresses }) =>
    addresses.map(({ address, prefix, scope, broadcast }, index) => [
      // A name stands once, before its first address.
      index === 0 ? name : "",
      index === 0 ? (mac ?? "-") : "",
      `${address}/${prefix}`,
      t(RANGE_NAMES[scope]),
      broadcast ?? "-",
    ]),
  );
  const titles = [
    { en: "interface", zh: "接口" },
    { en: "MAC", zh: "MAC" },
    { en: "address", zh: "地址" },
    { en: "scope", zh: "范围" },
    { en: "broadcast", zh: "广播地址" },
  ];
  return formatTable(
    titles.map((title) => ({ title: t(title) })),
    rows,
  );
}
