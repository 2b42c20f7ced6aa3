import { displayWidth, padWidth } from "@netloom/app-kit";
import type { Text, Translate } from "@netloom/app-kit";

import { binaryLines } from "./address-digits.ts";
import type { DeliveryKind } from "./delivery.ts";
import type { Family } from "./ip-address.ts";
import type { IpReport } from "./ip-report.ts";
import { RANGE_NAMES } from "./ranges.ts";

type Line = readonly [label: Text, value: string];

/** The report for people: a line each, what it is and what it has. */
export function ipLines(report: IpReport, t: Translate): string {
  const lines = [...addressLines(report, t), ...subnetLines(report), ...digitLines(report)];
  const labels = lines.map(([label]) => t(label));
  const width = Math.max(...labels.map(displayWidth));
  const text = lines.map(([, value], index) => `${padWidth(labels[index] ?? "", width)}  ${value}`);
  if (report.to !== undefined) text.push(t(deliveryText(report.family, report.to)));
  return text.join("\n");
}

function addressLines(
  { address, family, expanded, range, class: old }: IpReport,
  t: Translate,
): Line[] {
  const lines: Line[] = [[{ en: "address", zh: "地址" }, address]];
  if (family === 6) lines.push([{ en: "expanded", zh: "完整写法" }, expanded]);
  const { en, zh } = RANGE_NAMES[range.kind];
  const kind = {
    en: `${en}, ${range.network} (${range.rfc})`,
    zh: `${zh}，${range.network}（${range.rfc}）`,
  };
  lines.push([{ en: "range", zh: "范围" }, t(kind)]);
  if (old !== undefined) {
    const { letter, prefix } = old;
    const before = prefix === undefined ? letter : `${letter}, /${prefix}`;
    lines.push([{ en: "class", zh: "旧时分类" }, t({ en: `${before} (historical)`, zh: before })]);
  }
  return lines;
}

function subnetLines({ subnet }: IpReport): Line[] {
  if (subnet === undefined) return [];
  const { network, prefix, hostPart, mask, wildcard, broadcast, first, last, hosts } = subnet;
  return [
    [{ en: "network", zh: "网络" }, `${network}/${prefix}`],
    [{ en: "host part", zh: "主机部分" }, hostPart],
    [{ en: "mask", zh: "掩码" }, mask],
    [{ en: "wildcard", zh: "反掩码" }, wildcard],
    [{ en: "broadcast", zh: "广播地址" }, broadcast ?? "-"],
    [{ en: "first host", zh: "首个主机" }, first],
    [{ en: "last host", zh: "末个主机" }, last],
    [{ en: "hosts", zh: "主机数" }, hosts.toLocaleString("en")],
  ];
}

function digitLines(report: IpReport): Line[] {
  const binary = binaryLines(report).map((line, index): Line => [
    index === 0 ? { en: "binary", zh: "二进制" } : { en: "", zh: "" },
    line,
  ]);
  return [
    [{ en: "decimal", zh: "十进制" }, report.decimal],
    [{ en: "hexadecimal", zh: "十六进制" }, report.hexadecimal],
    ...binary,
  ];
}

/** In one sentence for each kind: where a packet for the second address goes first. */
function deliveryText(family: Family, { address, kind, mac }: NonNullable<IpReport["to"]>): Text {
  const asker =
    family === 4 ? { en: "ARP", zh: "ARP " } : { en: "neighbour discovery", zh: "邻居发现" };
  const texts: Readonly<Record<DeliveryKind, Text>> = {
    itself: {
      en: `${address} is this machine itself: nothing leaves it, and nobody is asked`,
      zh: `${address} 就是本机：数据不离开本机，也不询问任何人`,
    },
    neighbour: {
      en: `${address} is in the same segment: ${asker.en} asks for ${address} itself`,
      zh: `${address} 在同一网段：${asker.zh}直接询问 ${address}`,
    },
    gateway: {
      en: `${address} is in another segment: it goes by the gateway, whose address ${asker.en} asks for`,
      zh: `${address} 在另一网段：经网关转发，${asker.zh}询问的是网关的地址`,
    },
    broadcast: {
      en: `${address} is everybody in the segment: it goes to ${mac}, and nobody is asked`,
      zh: `${address} 指网段内所有主机：发往 ${mac}，不询问任何人`,
    },
    multicast: {
      en: `${address} is a group: it goes to ${mac}, and nobody is asked`,
      zh: `${address} 是多播组：发往 ${mac}，不询问任何人`,
    },
    nobody: {
      en: `${address} is nobody that can be reached from there`,
      zh: `从那里无法到达 ${address}：没有这样的主机`,
    },
  };
  return texts[kind];
}
