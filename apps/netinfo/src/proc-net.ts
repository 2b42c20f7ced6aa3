import { open } from "node:fs/promises";
import { endianness } from "node:os";

import { NetinfoError } from "./errors.ts";
import { formatAddress } from "./format-address.ts";
import type { Family } from "./ip-address.ts";

/** One end of a socket. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A socket as the kernel lists it. */
export interface SocketRow {
  readonly protocol: "tcp" | "udp";
  readonly family: Family;
  readonly local: Endpoint;
  /** The other end; `undefined` for a socket that has none. */
  readonly remote: Endpoint | undefined;
  /** TCP: the state's name in RFC 9293. UDP has no states: `CONNECTED` to one peer, or `UNCONNECTED`. */
  readonly state: string;
  /** The user who made it. */
  readonly uid: number;
  /** The number of the socket, as in `/proc/<pid>/fd`; "0" for a socket that only the kernel has. */
  readonly inode: string;
}

/** The files under `/proc/net`; those of a protocol that the kernel lacks are missing. */
export const SOCKET_TABLES = [
  { protocol: "tcp", family: 4, file: "tcp" },
  { protocol: "tcp", family: 6, file: "tcp6" },
  { protocol: "udp", family: 4, file: "udp" },
  { protocol: "udp", family: 6, file: "udp6" },
] as const;

// include/net/tcp_states.h of Linux, with the names of RFC 9293, section 3.3.2.
const TCP_STATES: Readonly<Record<string, string>> = {
  "01": "ESTABLISHED",
  "02": "SYN-SENT",
  "03": "SYN-RECEIVED",
  "04": "FIN-WAIT-1",
  "05": "FIN-WAIT-2",
  "06": "TIME-WAIT",
  "07": "CLOSED",
  "08": "CLOSE-WAIT",
  "09": "LAST-ACK",
  "0A": "LISTEN",
  "0B": "CLOSING",
  // A request that waits for its last packet (TCP_NEW_SYN_RECV).
  "0C": "SYN-RECEIVED",
};
const UDP_STATES: Readonly<Record<string, string>> = { "01": "CONNECTED", "07": "UNCONNECTED" };

// sl, local, remote, state, queues, timer, retransmits, uid, timeout, inode; more follows.
const ROW =
  /^\s*\d+: ([\dA-F]{8}(?:[\dA-F]{24})?):([\dA-F]{4}) ([\dA-F]{8}(?:[\dA-F]{24})?):([\dA-F]{4}) ([\dA-F]{2}) \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+)/;

/** Reads one table, row by row, so that a long one does not have to fit into memory. */
export async function* readSocketTable(
  file: string,
  { protocol, family }: Pick<SocketRow, "protocol" | "family">,
): AsyncGenerator<SocketRow> {
  await using handle = await open(file);
  let number = 0;
  for await (const line of handle.readLines()) {
    number++;
    if (number === 1 || line === "") continue;
    const row = parseSocketRow(line, protocol, endianness());
    if (row?.family !== family) {
      throw new NetinfoError("ERR_NETINFO_UNSUPPORTED", {
        en: `line ${number} of ${file} is in no form that is known here`,
        zh: `${file} 第 ${number} 行的格式未知`,
      });
    }
    yield row;
  }
}

/**
 * One row of `/proc/net/tcp` and its like (proc_pid_net(5)): addresses stand there as 32-bit words
 * in the order of the machine's memory, ports as plain hexadecimal numbers.
 */
export function parseSocketRow(
  line: string,
  protocol: "tcp" | "udp",
  order: "LE" | "BE",
): SocketRow | undefined {
  const match = ROW.exec(line);
  if (match === null) return undefined;
  const [, local = "", localPort = "", remote = "", remotePort = "", code = ""] = match;
  const [uid = "", inode = ""] = match.slice(6);
  const states = protocol === "tcp" ? TCP_STATES : UDP_STATES;
  const other = endpoint(remote, remotePort, order);
  return {
    protocol,
    family: local.length === 8 ? 4 : 6,
    local: endpoint(local, localPort, order),
    remote: other.port === 0 && /^0+$/.test(remote) ? undefined : other,
    state: states[code] ?? `0x${code}`,
    uid: Number(uid),
    inode,
  };
}

function endpoint(hex: string, port: string, order: "LE" | "BE"): Endpoint {
  const words = hex.match(/.{8}/g) ?? [];
  const digits = words.map((word) => (order === "BE" ? word : reversedBytes(word))).join("");
  const family = hex.length === 8 ? 4 : 6;
  return {
    address: formatAddress({ family, value: BigInt(`0x${digits}`) }),
    port: Number.parseInt(port, 16),
  };
}

function reversedBytes(word: string): string {
  return (word.match(/../g) ?? []).toReversed().join("");
}
