import type { RemoteInfo, Socket } from "node:dgram";
import { V4MAPPED } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { abortable } from "./abortable.ts";
import { hostPort, type SocketAddress } from "./address.ts";
import type { Datagram } from "./datagram.ts";
import { UdpError } from "./errors.ts";
import { hostOption, integerOption } from "./options.ts";
import { ReceiveQueue } from "./receive-queue.ts";
import { systemError } from "./system-error.ts";
import type { Destination, UdpSocket } from "./udp-socket.ts";

/** What a socket is made of: the options of `bind`, checked. */
export interface DgramSocketOptions {
  readonly maxQueued: number;
  readonly maxPendingSends: number;
}

/**
 * A `UdpSocket` on a socket of node:dgram that is bound, and whose `lookup` passes addresses through.
 */
export class DgramSocket implements UdpSocket {
  readonly address: SocketAddress;
  readonly receiveBufferBytes: number;
  readonly #socket: Socket;
  readonly #queue: ReceiveQueue;
  readonly #maxPendingSends: number;
  #pendingSends = 0;
  /** What new sends reject with. */
  #refusal: UdpError | undefined;
  /** Ends the lookups of sends under way when the socket is closed. */
  readonly #ending = new AbortController();
  #closing: Promise<void> | undefined;
  readonly #closed: Promise<void>;
  /** No sends are under way any more, or none is waited for. */
  #onIdle: () => void = () => {};

  constructor(socket: Socket, options: DgramSocketOptions) {
    const { address, port, family } = socket.address();
    this.address = { address, port, family: family === "IPv6" ? "IPv6" : "IPv4" };
    // Linux reports double what was asked for, to count its own bookkeeping (socket(7), SO_RCVBUF).
    const size = socket.getRecvBufferSize();
    this.receiveBufferBytes = process.platform === "linux" ? size / 2 : size;
    this.#socket = socket;
    this.#queue = new ReceiveQueue(options.maxQueued);
    this.#maxPendingSends = options.maxPendingSends;
    this.#closed = new Promise((resolve) => {
      socket.once("close", resolve);
    });
    socket.on("message", (data, from) => this.#queue.add(datagram(data, from)));
    socket.on("error", (error) => {
      this.#queue.fail(systemError(`cannot receive on ${this.#name}`, error));
    });
  }

  get dropped(): number {
    return this.#queue.dropped;
  }

  [Symbol.asyncIterator](): AsyncIterator<Datagram, undefined> {
    let open = true;
    const loop = {
      next: async (): Promise<IteratorResult<Datagram, undefined>> => {
        const value = open ? await this.#queue.read(loop) : undefined;
        if (value !== undefined) return { done: false, value };
        open = false;
        return { done: true, value: undefined };
      },
      return: (): Promise<IteratorResult<Datagram, undefined>> => {
        open = false;
        this.#queue.cancel(loop);
        return Promise.resolve({ done: true, value: undefined });
      },
    };
    return loop;
  }

  async send(data: Uint8Array, to: Destination): Promise<void> {
    if (this.#refusal !== undefined) throw this.#refusal;
    if (!(data instanceof Uint8Array)) {
      throw new UdpError("ERR_UDP_OPTION", `send takes a Uint8Array, not ${typeof data}`);
    }
    const host = hostOption("host" in to ? to.host : to.address);
    const port = integerOption("port", to.port, 1, 65_535);
    const what = `cannot send ${data.length} bytes to ${hostPort(host, port)}`;
    if (this.#pendingSends >= this.#maxPendingSends) {
      const message = `${what}: ${this.#pendingSends} sends are under way, which is the limit`;
      throw new UdpError("ERR_UDP_LIMIT", message);
    }
    // Node keeps no copy, and may send only later.
    const bytes = new Uint8Array(data);
    this.#pendingSends++;
    try {
      const address = this.#literal(host) ?? (await this.#lookup(host));
      await this.#transmit(bytes, port, address);
    } catch (error) {
      if (this.#ending.signal.aborted) throw this.#refusal;
      throw error instanceof UdpError ? error : systemError(what, error as NodeJS.ErrnoException);
    } finally {
      this.#pendingSends--;
      if (this.#pendingSends === 0) this.#onIdle();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#queue.end(undefined);
    this.#refusal ??= this.#closedError("closed");
    if (this.#pendingSends > 0 && !this.#ending.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    this.#release(this.#refusal);
    await this.#closed;
  }

  destroy(reason?: Error): void {
    this.#queue.end(undefined);
    this.#release(this.#closedError("destroyed", reason));
  }

  /** Destroys it because of the signal: loops throw instead of ending. */
  abort(reason: unknown): void {
    const message = `the socket on ${this.#name} was aborted`;
    const error = new UdpError("ERR_UDP_ABORTED", message, { cause: reason });
    this.#queue.end(error);
    this.#release(error);
  }

  /** Calls `callback` when the socket is closed. */
  onClosed(callback: () => void): void {
    void this.#closed.then(callback);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #name(): string {
    return hostPort(this.address.address, this.address.port);
  }

  #closedError(how: string, reason?: Error): UdpError {
    return new UdpError(
      "ERR_UDP_CLOSED",
      `the socket on ${this.#name} was ${how} here`,
      reason === undefined ? undefined : { cause: reason },
    );
  }

  #release(error: UdpError): void {
    if (this.#ending.signal.aborted) return;
    this.#refusal = error;
    this.#ending.abort();
    this.#onIdle();
    this.#socket.close();
  }

  /** The address to send to where `host` is one, undefined where it is a name. */
  #literal(host: string): string | undefined {
    const family = isIP(host);
    if (family === 0) return undefined;
    if (this.address.family === "IPv6") return family === 6 ? host : `::ffff:${host}`;
    if (family === 4) return host;
    throw new UdpError(
      "ERR_UDP_OPTION",
      `the socket on ${this.#name} is one of IPv4 and cannot send to ${host}`,
    );
  }

  async #lookup(name: string): Promise<string> {
    const options = this.address.family === "IPv6" ? { family: 6, hints: V4MAPPED } : { family: 4 };
    const { address } = await abortable(lookup(name, options), this.#ending.signal);
    return address;
  }

  #transmit(bytes: Uint8Array, port: number, address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, port, address, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }
}

function datagram(data: Buffer, { address, port, family }: RemoteInfo): Datagram {
  return {
    // Each datagram has memory of its own; only Buffer's other methods must not come with it.
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    from: { address, port, family },
  };
}
