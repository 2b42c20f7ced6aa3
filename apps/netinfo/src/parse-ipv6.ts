import { addressFault } from "./address-fault.ts";
import type { IpAddress } from "./ip-address.ts";
import { readIpv4 } from "./parse-ipv4.ts";

const GROUPS = 8;

const GROUP = { en: "1 to 4 hexadecimal digits", zh: " 1 到 4 位十六进制数字" };
const START = { en: 'hexadecimal digits or "::"', zh: "十六进制数字或“::”" };
const COLON = { en: '":" or the end', zh: "“:”或结尾" };
const ANOTHER = { en: "another group (there must be eight)", zh: "下一组（共须八组）" };
const ONE_GAP = { en: 'at most one "::" in an address', zh: "一个地址中至多一个“::”" };
const NO_GAP = { en: 'no "::", as eight groups are there without it', zh: "不用“::”：已有八组" };
const END = { en: "the end, after eight groups", zh: "结尾：八组已经齐了" };
const ZONE = {
  en: 'a zone such as "eth0": no space, "/" or "%"',
  zh: "区域名，例如 eth0：不含空格、“/”和“%”",
};
const MIXED = {
  en: "an IPv4 address in the place of the last two groups only",
  zh: "仅在最后两组的位置可写 IPv4 地址",
};

/**
 * Parses an IPv6 address in each form of RFC 4291, section 2.2: eight groups, `::` for one or more
 * groups of zeros, an IPv4 address for the last two groups (as strict as `parseIpv4`), and a zone
 * after `%` (RFC 4007, section 11).
 *
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` that says where the text is wrong
 *
 * @example
 * formatAddress(parseIpv6("2001:DB8:0:0:0:0:0:1")); // "2001:db8::1"
 */
export function parseIpv6(text: string): IpAddress {
  const percent = text.indexOf("%");
  if (percent < 0) return { family: 6, value: readIpv6(text, text) };
  const value = readIpv6(text, text.slice(0, percent));
  const zone = text.slice(percent + 1);
  const bad = zone.search(/[\s/%]/u);
  if (zone === "" || bad >= 0) {
    throw addressFault({ text, offset: percent + 1 + Math.max(0, bad), expected: ZONE });
  }
  return { family: 6, value, zone };
}

/** @param text - what errors show; @param address - its beginning, up to the zone */
function readIpv6(text: string, address: string): bigint {
  const groups: number[] = [];
  // Where "::" stands: in how many groups, and at which character.
  let gap: { readonly groups: number; readonly offset: number } | undefined;
  let at = 0;
  if (address.startsWith("::")) {
    gap = { groups: 0, offset: 0 };
    at = 2;
  } else if (!/^[0-9a-f]/i.test(address)) {
    throw addressFault({ text, offset: 0, expected: START });
  }
  while (at < address.length) {
    const offset = at;
    if (groups.length === GROUPS) {
      // The colon before it is already one character too many.
      throw addressFault({ text, offset: at - 1, length: text.length - at + 1, expected: END });
    }
    while (isHexDigit(address, at)) at++;
    if (address[at] === ".") {
      if (groups.length > GROUPS - 2 || (gap === undefined && groups.length < GROUPS - 2)) {
        throw addressFault({ text, offset, length: text.length - offset, expected: MIXED });
      }
      const value = Number(readIpv4(address, offset));
      groups.push(Math.floor(value / 65_536), value % 65_536);
      at = address.length;
      break;
    }
    const length = at - offset;
    if (length < 1 || length > 4) {
      throw addressFault({ text, offset, length: Math.max(1, length), expected: GROUP });
    }
    groups.push(Number.parseInt(address.slice(offset, at), 16));
    if (at === address.length) break;
    if (address[at] !== ":") throw addressFault({ text, offset: at, expected: COLON });
    at++;
    if (address[at] === ":") {
      if (gap !== undefined) {
        throw addressFault({ text, offset: at - 1, length: 2, expected: ONE_GAP });
      }
      gap = { groups: groups.length, offset: at - 1 };
      at++;
    } else if (at === address.length) {
      throw addressFault({ text, offset: at, expected: GROUP });
    }
  }
  if (gap === undefined) {
    if (groups.length < GROUPS) throw addressFault({ text, offset: at, expected: ANOTHER });
  } else {
    if (groups.length === GROUPS) {
      throw addressFault({ text, offset: gap.offset, length: 2, expected: NO_GAP });
    }
    groups.splice(gap.groups, 0, ...Array.from({ length: GROUPS - groups.length }, () => 0));
  }
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function isHexDigit(text: string, at: number): boolean {
  return at < text.length && /[0-9a-f]/i.test(text.charAt(at));
}
