import type { App } from "@netloom/app-kit";

import { NetinfoError } from "./errors.ts";
import { ipLines } from "./ip-lines.ts";
import { reportOf } from "./ip-report.ts";
import type { IpReport } from "./ip-report.ts";
import { isMask, parseAddress, parseCidr, prefixOfMask } from "./parse-address.ts";
import { reported } from "./reported.ts";

/** Adds `netloom-netinfo ip`. */
export function addIpCommand({ program, output, t }: App): void {
  program
    .command("ip")
    .description(
      t({
        en: "work out an address: its network, range, digits, and the way to another one",
        zh: "解析一个地址：所在网络、范围、各种进制，以及到另一地址的走法",
      }),
    )
    .argument(
      "<address>",
      t({
        en: "an IPv4 or IPv6 address, with or without /prefix",
        zh: "IPv4 或 IPv6 地址，可带 /前缀长度",
      }),
    )
    .argument(
      "[mask-or-second]",
      t({
        en: "a mask for an address without /prefix, else a second address",
        zh: "地址不带 /前缀时为掩码，否则为第二个地址",
      }),
    )
    .argument("[second]", t({ en: "a second address, after a mask", zh: "掩码之后的第二个地址" }))
    .action(async (address, next, second) => {
      const report = await reported(() => reportFor(address, next, second));
      output.result(report, () => ipLines(report, t));
    });
}

function reportFor(text: string, next: string | undefined, second: string | undefined): IpReport {
  const { address, prefix } = parseCidr(text);
  if (next === undefined) return reportOf(address, prefix, undefined);
  const other = parseAddress(next);
  if (prefix !== undefined) {
    if (second !== undefined) throw twoNetworks(text, next);
    return reportOf(address, prefix, other);
  }
  if (!isMask(other) && second === undefined) throw noNetwork(text, next);
  if (other.family !== address.family) throw otherFamily(text, next);
  return reportOf(
    address,
    prefixOfMask(other),
    second === undefined ? undefined : parseAddress(second),
  );
}

function noNetwork(text: string, next: string): NetinfoError {
  const example = text.includes(":") ? "64" : "24";
  return new NetinfoError("ERR_NETINFO_ADDRESS", {
    en: `${next} is no mask, and without one the network of ${text} is not known: write ${text}/${example}, say`,
    zh: `${next} 不是掩码，而没有掩码就不知道 ${text} 所在的网络：例如可写作 ${text}/${example}`,
  });
}

function twoNetworks(text: string, next: string): NetinfoError {
  return new NetinfoError("ERR_NETINFO_ADDRESS", {
    en: `${text} has a prefix already: a mask (${next}) and a second address are one too many`,
    zh: `${text} 已带前缀：再给掩码（${next}）和第二个地址就多了一个`,
  });
}

function otherFamily(text: string, mask: string): NetinfoError {
  return new NetinfoError("ERR_NETINFO_ADDRESS", {
    en: `${mask} is no mask for ${text}: one is IPv4, the other IPv6`,
    zh: `${mask} 不能作 ${text} 的掩码：一个是 IPv4，另一个是 IPv6`,
  });
}
