import { NetinfoError } from "./errors.ts";

/** What a port number is for, after RFC 6335, section 6. */
export type PortClass = "well-known" | "registered" | "dynamic";

/**
 * The class of a port: `well-known` up to 1023 (for the system's services), `registered` up to 49151
 * (for services that IANA lists), `dynamic` above (for whoever needs one now). Systems may hand out
 * ports of the middle class for outgoing connections all the same: Linux takes 32768 to 60999.
 *
 * @param port - 0 to 65535
 * @throws NetinfoError `ERR_NETINFO_OPTION` for another number
 */
export function portClassOf(port: number): PortClass {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new NetinfoError("ERR_NETINFO_OPTION", {
      en: `a port must be a whole number from 0 to 65535, got ${port}`,
      zh: `端口须为 0 到 65535 的整数，得到 ${port}`,
    });
  }
  if (port < 1024) return "well-known";
  return port < 49_152 ? "registered" : "dynamic";
}
