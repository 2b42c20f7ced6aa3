import { addressFault } from "./address-fault.ts";
import type { IpAddress } from "./ip-address.ts";

const OCTET = { en: "a number from 0 to 255", zh: " 0 到 255 的数" };
const DECIMAL = {
  en: "a number without a leading zero (some programs would read it as octal)",
  zh: "不带前导零的数（有些程序会按八进制理解）",
};
const DOT = { en: '"." and another number', zh: "“.”和下一个数" };
const END = { en: "the end, after four numbers", zh: "结尾：四个数已经齐了" };

/**
 * Parses an IPv4 address: four decimal numbers from 0 to 255 with dots between (RFC 6943, section
 * 3.1.1, calls this the strict form). The older forms that `inet_aton` takes as well are refused:
 * `127.1`, `0x7f.0.0.1`, and `010.0.0.1`, which some read as 8 and others as 10.
 *
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` that says where the text is wrong
 *
 * @example
 * parseIpv4("192.168.0.1").value; // 3232235521n
 */
export function parseIpv4(text: string): IpAddress {
  return { family: 4, value: readIpv4(text, 0) };
}

/** The IPv4 address that begins at `start` and ends with the text, for IPv6 addresses too. */
export function readIpv4(text: string, start: number): bigint {
  let value = 0;
  let at = start;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0) {
      if (text[at] !== ".") throw addressFault({ text, offset: at, expected: DOT });
      at++;
    }
    let end = at;
    while (isDigit(text, end)) end++;
    const digits = text.slice(at, end);
    const number = digits.length > 3 ? Number.NaN : Number(digits);
    // The longest bad number is shown whole: "256", not "2".
    const fault = { text, offset: at, length: Math.max(1, end - at) };
    if (digits === "" || !(number <= 255)) throw addressFault({ ...fault, expected: OCTET });
    if (digits.length > 1 && digits.startsWith("0")) {
      throw addressFault({ ...fault, expected: DECIMAL });
    }
    value = value * 256 + number;
    at = end;
  }
  if (at < text.length) {
    throw addressFault({ text, offset: at, length: text.length - at, expected: END });
  }
  return BigInt(value);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
