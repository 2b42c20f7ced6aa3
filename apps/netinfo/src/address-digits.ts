import { bitsOf } from "./ip-address.ts";
import type { IpAddress } from "./ip-address.ts";

/** An address as bare digits. */
export interface AddressDigits {
  /** The whole address as one decimal number. */
  readonly decimal: string;
  /** 8 or 32 hexadecimal digits, lower case. */
  readonly hexadecimal: string;
  /** The bits of the network part, without separators; empty for prefix 0. */
  readonly networkBits: string;
  /** The bits of the host part; empty when the prefix has all bits, or is not known. */
  readonly hostBits: string;
}

/** The digits of an address; without a prefix all bits count as the network's. */
export function digitsOf({ family, value }: IpAddress, prefix?: number): AddressDigits {
  const bits = bitsOf(family);
  const binary = value.toString(2).padStart(bits, "0");
  return {
    decimal: value.toString(),
    hexadecimal: value.toString(16).padStart(bits / 4, "0"),
    networkBits: binary.slice(0, prefix ?? bits),
    hostBits: binary.slice(prefix ?? bits),
  };
}

/** Bits on one line: an IPv4 address, or half an IPv6 address. */
const LINE_BITS = 64;

/**
 * The bits for people, in groups as the address is written (8 with dots, 16 with colons), and a bar
 * between network and host part: `11000000.10101000.0000 | 1010.01001101`. An IPv6 address takes two
 * lines.
 */
export function binaryLines({ networkBits, hostBits }: AddressDigits): string[] {
  const bits = networkBits + hostBits;
  const [size, separator] = bits.length === 32 ? [8, "."] : [16, ":"];
  const lines: string[] = [];
  for (let start = 0; start < bits.length; start += LINE_BITS) {
    let line = "";
    for (let at = start; at < Math.min(bits.length, start + LINE_BITS); at++) {
      const groupEnds = at > start && at % size === 0;
      const partEnds = at === networkBits.length && hostBits !== "";
      if (partEnds) line += at === start ? "| " : " | ";
      else if (groupEnds) line += separator;
      line += bits[at] ?? "";
    }
    lines.push(line);
  }
  return lines;
}
