import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { abortable } from "./abortable.ts";
import { hostPort } from "./address.ts";
import { DgramSocket } from "./dgram-socket.ts";
import { UdpError } from "./errors.ts";
import { hostOption, integerOption } from "./options.ts";
import { systemError } from "./system-error.ts";
import type { UdpSocket } from "./udp-socket.ts";

/** Options of `bind`. */
export interface BindOptions {
  /**
   * Name or IP address of this machine to bind to, which also decides the family: `"0.0.0.0"` for
   * every IPv4 address, `"::"` for every address of both families. Default: `"127.0.0.1"`, this
   * machine only.
   */
  readonly host?: string | undefined;
  /** Port, 0 to 65,535; 0 lets the system choose a free one. Default: 0. */
  readonly port?: number | undefined;
  /**
   * Lets several sockets bind the same address and port; which of them gets a datagram is up to the
   * system (`SO_REUSEADDR`). Default: false.
   */
  readonly reuseAddress?: boolean | undefined;
  /** Allows sending to broadcast addresses (`SO_BROADCAST`). Default: false. */
  readonly broadcast?: boolean | undefined;
  /**
   * How many received datagrams wait to be read, from 1; when there are as many, newer ones are
   * dropped. Each may hold up to 64 KiB. Default: 1,024.
   */
  readonly maxQueued?: number | undefined;
  /**
   * How many sends may be under way at the same time (a name being looked up, the system's buffer
   * full), from 1; one more rejects with `ERR_UDP_LIMIT`. Default: 1,024.
   */
  readonly maxPendingSends?: number | undefined;
  /**
   * Size to ask for the kernel's receive buffer, in bytes, from 1 to 2^31 - 1; what was granted is
   * `receiveBufferBytes` of the socket. Default: the system's, often 208 KiB, which a burst of some
   * hundred datagrams fills.
   */
  readonly receiveBufferBytes?: number | undefined;
  /** Aborted before it is bound, `bind` rejects; later, the socket is destroyed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Binds a UDP socket. What arrives is read by iterating over it.
 *
 * Rejects with `ERR_UDP_ADDRESS_IN_USE`, `ERR_UDP_NOT_PERMITTED`, `ERR_UDP_NOT_FOUND`,
 * `ERR_UDP_UNREACHABLE`, `ERR_UDP_ABORTED`, `ERR_UDP_OPTION`, `ERR_UDP_LIMIT`, `ERR_UDP_SYSTEM`.
 *
 * @example
 * await using socket = await bind();
 * await socket.send(new TextEncoder().encode("hello"), { host: "127.0.0.1", port: 7000 });
 * for await (const { data, from } of socket) {
 *   console.log(from.port, data);
 *   break;
 * }
 */
export async function bind(options: BindOptions = {}): Promise<UdpSocket> {
  const { signal, maxQueued = 1024, maxPendingSends = 1024, receiveBufferBytes } = options;
  const host = hostOption(options.host ?? "127.0.0.1");
  const port = integerOption("port", options.port ?? 0, 0, 65_535);
  integerOption("maxQueued", maxQueued, 1, Number.MAX_SAFE_INTEGER);
  integerOption("maxPendingSends", maxPendingSends, 1, Number.MAX_SAFE_INTEGER);
  if (receiveBufferBytes !== undefined) {
    integerOption("receiveBufferBytes", receiveBufferBytes, 1, 2_147_483_647);
  }
  const what = `cannot bind ${hostPort(host, port)}`;
  const aborted = (): UdpError =>
    new UdpError("ERR_UDP_ABORTED", `${what}: aborted`, { cause: signal?.reason });
  const isAborted = (): boolean => signal?.aborted === true;

  if (isAborted()) throw aborted();
  let socket: DgramSocket;
  try {
    const target = await resolve(host, signal);
    socket = await open(target, port, options, { maxQueued, maxPendingSends });
  } catch (error) {
    if (isAborted()) throw aborted();
    throw systemError(what, error as NodeJS.ErrnoException);
  }
  if (isAborted()) {
    socket.destroy();
    throw aborted();
  }
  const onAbort = (): void => socket.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  socket.onClosed(() => signal?.removeEventListener("abort", onAbort));
  return socket;
}

interface Target {
  readonly address: string;
  readonly family: number;
}

async function resolve(host: string, signal: AbortSignal | undefined): Promise<Target> {
  const family = isIP(host);
  if (family !== 0) return { address: host, family };
  const looking = lookup(host);
  return signal === undefined ? looking : abortable(looking, signal);
}

function open(
  target: Target,
  port: number,
  options: BindOptions,
  limits: { readonly maxQueued: number; readonly maxPendingSends: number },
): Promise<DgramSocket> {
  return new Promise((fulfill, reject) => {
    const socket = createSocket({
      type: target.family === 6 ? "udp6" : "udp4",
      reuseAddr: options.reuseAddress === true,
      // Only addresses come here. Node's own lookup would put off each send to a later tick.
      lookup: (address, _options, callback) => callback(null, address, target.family),
    });
    const fail = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once("error", fail);
    socket.bind({ address: target.address, port }, () => {
      socket.off("error", fail);
      try {
        if (options.broadcast === true) socket.setBroadcast(true);
        const { receiveBufferBytes } = options;
        if (receiveBufferBytes !== undefined) socket.setRecvBufferSize(receiveBufferBytes);
        fulfill(new DgramSocket(socket, limits));
      } catch (error) {
        fail(error as Error);
      }
    });
  });
}
