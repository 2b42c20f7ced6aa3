import { existsSync } from "node:fs";
import { join } from "node:path";

import { NetinfoError } from "./errors.ts";
import { portClassOf } from "./port-class.ts";
import type { PortClass } from "./port-class.ts";
import { readSocketTable, SOCKET_TABLES } from "./proc-net.ts";
import type { SocketRow } from "./proc-net.ts";
import { socketOwners } from "./socket-owners.ts";
import type { SocketProcess } from "./socket-owners.ts";

/** Which ports to list. */
export interface ListPortsOptions {
  /** Only this local port, 0 to 65535. Default all. */
  readonly port?: number | undefined;
  /** Only what waits for others: TCP in the state LISTEN, UDP without a peer. Default `false`. */
  readonly listening?: boolean | undefined;
  /** Where the proc file system is mounted. Default `/proc`. */
  readonly proc?: string | undefined;
}

/**
 * Who has a socket:
 * - `process`: those in `processes`;
 * - `kernel`: no process any more, or not yet (a TCP connection in TIME-WAIT, say);
 * - `unreadable`: a process that we may not look at, mostly another user's;
 * - `unknown`: none was found; it was closed meanwhile, or belongs to another container.
 */
export type PortOwner = "process" | "kernel" | "unreadable" | "unknown";

/** A port of this machine that is in use. */
export interface HeldPort extends Omit<SocketRow, "inode"> {
  /** The class of the local port. */
  readonly portClass: PortClass;
  readonly owner: PortOwner;
  /** Empty unless `owner` is `process`. */
  readonly processes: readonly SocketProcess[];
}

/** How many sockets are listed at most; a busy server has more connections than anybody reads. */
const MAX_SOCKETS = 100_000;

/**
 * The TCP and UDP ports in use in this network namespace, and the processes that hold them: from
 * `/proc/net` and `/proc/<pid>/fd`, which only Linux has. Processes of other users can only be seen
 * by root; theirs are marked and not guessed.
 *
 * @returns by protocol, port and address
 * @throws NetinfoError `ERR_NETINFO_UNSUPPORTED` on other systems, `ERR_NETINFO_OPTION`, and
 * `ERR_NETINFO_LIMIT` for more than 100,000 sockets; errors of the file system as they are
 */
export async function listPorts(options: ListPortsOptions = {}): Promise<HeldPort[]> {
  const { port, listening = false, proc = "/proc" } = options;
  if (port !== undefined) portClassOf(port);
  if (!existsSync(join(proc, "net", "tcp"))) throw unsupported(proc);
  const rows: SocketRow[] = [];
  for (const table of SOCKET_TABLES) {
    const file = join(proc, "net", table.file);
    // A kernel without IPv6 has no tables for it.
    if (!existsSync(file)) continue;
    for await (const row of readSocketTable(file, table)) {
      if (port !== undefined && row.local.port !== port) continue;
      if (listening && !isListening(row)) continue;
      if (rows.length === MAX_SOCKETS) throw tooMany();
      rows.push(row);
    }
  }
  const wanted = new Set(rows.map(({ inode }) => inode));
  const { byInode, denied } = await socketOwners(proc, wanted);
  // Nobody in particular on systems that have no users; they have no /proc/net either.
  const self = process.geteuid?.();
  return rows.toSorted(inOrder).map(({ inode, ...row }) => {
    const processes = byInode.get(inode) ?? [];
    const hidden = denied > 0 || (self !== 0 && row.uid !== self);
    const owner =
      inode === "0"
        ? "kernel"
        : processes.length > 0
          ? "process"
          : hidden
            ? "unreadable"
            : "unknown";
    return { ...row, portClass: portClassOf(row.local.port), owner, processes };
  });
}

function isListening({ protocol, state }: SocketRow): boolean {
  return state === (protocol === "tcp" ? "LISTEN" : "UNCONNECTED");
}

function inOrder(one: SocketRow, other: SocketRow): number {
  return (
    compare(one.protocol, other.protocol) ||
    one.local.port - other.local.port ||
    one.family - other.family ||
    compare(one.local.address, other.local.address) ||
    (one.remote?.port ?? -1) - (other.remote?.port ?? -1)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function unsupported(proc: string): NetinfoError {
  const file = join(proc, "net", "tcp");
  return new NetinfoError("ERR_NETINFO_UNSUPPORTED", {
    en: `who holds which port is read from ${file}, which this system (${process.platform}) does not have: try lsof -i or netstat -ano`,
    zh: `端口占用信息读自 ${file}，而本系统（${process.platform}）没有它：请试试 lsof -i 或 netstat -ano`,
  });
}

function tooMany(): NetinfoError {
  return new NetinfoError("ERR_NETINFO_LIMIT", {
    en: `more than ${MAX_SOCKETS} sockets: ask for one port, or for listening ones only`,
    zh: `套接字超过 ${MAX_SOCKETS} 个：请只查一个端口，或只列出监听的端口`,
  });
}
