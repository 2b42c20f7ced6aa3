import { open, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** A process that has a socket open. */
export interface SocketProcess {
  readonly pid: number;
  /** Its command line, at most 1024 bytes of it; its name in brackets where it has none. */
  readonly command: string;
}

/** Who holds which socket. */
export interface SocketOwners {
  /** The processes by the socket's inode; several hold the one that they inherited. */
  readonly byInode: ReadonlyMap<string, readonly SocketProcess[]>;
  /** How many processes would not let us see what they have open. */
  readonly denied: number;
}

/** How many descriptors are looked at together. */
const BATCH = 64;
const COMMAND_BYTES = 1024;

/** Looks through the open descriptors of every process under `proc` for the sockets in `wanted`. */
export async function socketOwners(
  proc: string,
  wanted: ReadonlySet<string>,
): Promise<SocketOwners> {
  const byInode = new Map<string, SocketProcess[]>();
  let denied = 0;
  for (const name of await readdir(proc)) {
    if (!/^\d+$/.test(name)) continue;
    const folder = join(proc, name);
    try {
      const held = await socketsOf(folder, wanted);
      if (held.size === 0) continue;
      const holder = { pid: Number(name), command: await commandOf(folder) };
      for (const inode of held) byInode.set(inode, [...(byInode.get(inode) ?? []), holder]);
    } catch (error) {
      if (isDenied(error)) denied++;
      // Gone in the meantime, which is no fault; everything else is.
      else if (!isGone(error)) throw error;
    }
  }
  return { byInode, denied };
}

async function socketsOf(folder: string, wanted: ReadonlySet<string>): Promise<Set<string>> {
  const held = new Set<string>();
  const descriptors = await readdir(join(folder, "fd"));
  for (let start = 0; start < descriptors.length; start += BATCH) {
    const batch = descriptors.slice(start, start + BATCH);
    for (const target of await Promise.all(batch.map((each) => targetOf(folder, each)))) {
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined && wanted.has(inode)) held.add(inode);
    }
  }
  return held;
}

async function targetOf(folder: string, descriptor: string): Promise<string> {
  try {
    return await readlink(join(folder, "fd", descriptor));
  } catch (error) {
    // Closed since it was listed.
    if (isGone(error)) return "";
    throw error;
  }
}

async function commandOf(folder: string): Promise<string> {
  await using file = await open(join(folder, "cmdline"));
  const { bytesRead, buffer } = await file.read(Buffer.alloc(COMMAND_BYTES));
  const command = buffer.toString("utf8", 0, bytesRead).replaceAll("\0", " ").trim();
  return command === "" ? `[${(await readFile(join(folder, "comm"), "utf8")).trim()}]` : command;
}

function isDenied(error: unknown): boolean {
  return hasCode(error, "EACCES") || hasCode(error, "EPERM");
}

function isGone(error: unknown): boolean {
  return hasCode(error, "ENOENT") || hasCode(error, "ESRCH");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
