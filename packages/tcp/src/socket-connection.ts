import type { Socket } from "node:net";
import type { Codec } from "@netloom/codec";
import { messages, type Framer, type MessageStream, type WaitOptions } from "@netloom/framing";
import { hostPort, type SocketAddress } from "./address.ts";
import type { Connection } from "./connection.ts";
import { TcpError } from "./errors.ts";
import { idleTimeoutOption } from "./options.ts";
import { SocketReader } from "./socket-reader.ts";
import { SocketWriter } from "./socket-writer.ts";
import { brokenError } from "./system-error.ts";

/** How long `close` goes on dropping what the peer sends. Apache's lingering close takes 2 s too. */
const lingerMs = 2_000;

/** What a connection is made of. */
export interface SocketConnectionOptions {
  readonly localAddress: SocketAddress;
  readonly remoteAddress: SocketAddress;
  readonly idleTimeoutMs: number;
  readonly writeBufferBytes: number;
}

/** The settings that every socket here needs, those of `net.connect` and `net.createServer` alike. */
export const socketOptions = {
  allowHalfOpen: true,
  // Reader and writer have their own marks; see there why Node's must be the lowest.
  highWaterMark: 1,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 15_000,
} as const;

/** A `Connection` on a socket of node:net that is connected and was opened with `socketOptions`. */
export class SocketConnection implements Connection {
  readonly localAddress: SocketAddress;
  readonly remoteAddress: SocketAddress;
  readonly #socket: Socket;
  readonly #reader: SocketReader;
  readonly #writer: SocketWriter;
  #idleTimeoutMs: number;
  #closing: Promise<void> | undefined;
  /** `close` has sent everything; the socket is only kept to drop what still arrives. */
  #lingering = false;
  #lingerTimer: NodeJS.Timeout | undefined;
  #destroyed = false;

  constructor(socket: Socket, options: SocketConnectionOptions) {
    this.localAddress = options.localAddress;
    this.remoteAddress = options.remoteAddress;
    this.#socket = socket;
    this.#writer = new SocketWriter(socket, options.writeBufferBytes);
    this.#reader = new SocketReader(socket, () => this.#writer.probe());
    socket.on("error", (error) => this.#fail(brokenError(this.#peer, error)));
    socket.on("close", () => this.#onClose());
    socket.on("timeout", () => this.#onIdle());
    this.#idleTimeoutMs = options.idleTimeoutMs;
    this.idleTimeoutMs = options.idleTimeoutMs;
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get bytesWritten(): number {
    return this.#socket.bytesWritten;
  }

  get idleTimeoutMs(): number {
    return this.#idleTimeoutMs;
  }

  set idleTimeoutMs(value: number) {
    this.#idleTimeoutMs = idleTimeoutOption(value);
    this.#socket.setTimeout(value === Infinity ? 0 : value);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    let open = true;
    const iterator = {
      next: async (): Promise<IteratorResult<Uint8Array, undefined>> => {
        const chunk = open ? await this.#reader.read(iterator) : undefined;
        if (chunk !== undefined) return { done: false, value: chunk };
        open = false;
        return { done: true, value: undefined };
      },
      return: (): Promise<IteratorResult<Uint8Array, undefined>> => {
        open = false;
        this.#reader.cancel(iterator);
        return Promise.resolve({ done: true, value: undefined });
      },
    };
    return iterator;
  }

  write(bytes: Uint8Array, options: WaitOptions = {}): Promise<void> {
    return this.#writer.write(bytes, options.signal);
  }

  end(): Promise<void> {
    this.#reader.halfClose();
    return this.#writer.end();
  }

  close(): Promise<void> {
    this.#closing ??= this.#destroyed ? Promise.resolve() : this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = this.#closedError("closed");
    this.#reader.fail(closed);
    this.#reader.discard();
    try {
      await this.#writer.end();
    } catch {
      // Broken, or destroyed meanwhile: then there is nothing left to send.
    }
    this.#writer.fail(closed);
    this.#lingering = true;
    if (this.#socket.destroyed) return;
    this.#lingerTimer = setTimeout(() => this.#socket.destroy(), lingerMs);
  }

  destroy(reason?: Error): void {
    // After a close that has sent everything there is nothing left to break, only to give back.
    if (this.#lingering) this.#socket.destroy();
    if (this.#lingering || this.#destroyed) return;
    this.#destroyed = true;
    this.#fail(this.#closedError("destroyed", reason));
    this.#reset();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  messages<T>(framer: Framer, codec: Codec<T>): MessageStream<T> {
    return messages(this, framer, codec);
  }

  get #peer(): string {
    return hostPort(this.remoteAddress.address, this.remoteAddress.port);
  }

  #closedError(how: string, reason?: Error): TcpError {
    return new TcpError(
      "ERR_TCP_CLOSED",
      `the connection with ${this.#peer} was ${how} here`,
      reason === undefined ? undefined : { cause: reason },
    );
  }

  #fail(error: TcpError): void {
    this.#reader.fail(error);
    this.#writer.fail(error);
  }

  #reset(): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    // While the FIN is on its way from Node to the system, libuv refuses to reset (EINVAL) and the
    // handle would stay open. Everything was sent by then, so a plain close takes nothing away.
    const shuttingDown =
      socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
    if (shuttingDown) socket.destroy();
    else socket.resetAndDestroy();
  }

  #onIdle(): void {
    if (this.#lingering) return;
    // Where this process itself was held up, what the peer sent meanwhile is read before the next
    // immediate, and the timer has started anew.
    const { bytesRead } = this.#socket;
    setImmediate(() => {
      if (this.#socket.bytesRead === bytesRead && !this.#socket.destroyed) this.#endIdle();
    });
  }

  #endIdle(): void {
    this.#fail(
      new TcpError(
        "ERR_TCP_TIMEOUT",
        `the connection with ${this.#peer} was idle for ${this.#idleTimeoutMs} ms`,
      ),
    );
    this.#reset();
  }

  #onClose(): void {
    clearTimeout(this.#lingerTimer);
    if (!(this.#reader.ended && this.#writer.finished)) this.#fail(brokenError(this.#peer));
  }
}
