import type { AddressInfo, Server, Socket } from "node:net";
import { AcceptQueue } from "./accept-queue.ts";
import { hostPort, type SocketAddress } from "./address.ts";
import type { Connection } from "./connection.ts";
import { TcpError } from "./errors.ts";
import type { CloseOptions, ConnectionHandler, Listener } from "./listener.ts";
import { integerOption, maxTimerMs } from "./options.ts";
import { SocketConnection } from "./socket-connection.ts";
import { systemError } from "./system-error.ts";

/** How many different warnings a listener gives. */
const maxWarnings = 10;

/** What a listener is made of: the options of `listen`, checked. */
export interface SocketListenerOptions {
  readonly maxConnections: number;
  readonly idleTimeoutMs: number;
  readonly writeBufferBytes: number;
  readonly handler: ConnectionHandler | undefined;
  readonly onError: ((error: unknown, connection?: Connection) => void) | undefined;
}

/** A `Listener` on a server of node:net that listens and was made with `socketOptions`. */
export class SocketListener implements Listener {
  readonly address: SocketAddress;
  readonly #server: Server;
  readonly #options: SocketListenerOptions;
  readonly #queue = new AcceptQueue();
  // net.Server has no list of its connections, and its close waits for them for ever.
  readonly #connections = new Set<SocketConnection>();
  #handlers = 0;
  #refused = 0;
  readonly #warned = new Set<string>();
  #stopped = false;
  #serverClosed = false;
  /** The deadline has passed, or destroy was called: handlers are no longer waited for. */
  #destroyed = false;
  /** Nothing is open any more. */
  readonly drained: Promise<void>;
  #onDrained: () => void = () => {};

  constructor(server: Server, options: SocketListenerOptions) {
    const { address, port, family } = server.address() as AddressInfo;
    this.address = { address, port, family: family === "IPv6" ? "IPv6" : "IPv4" };
    this.#server = server;
    this.#options = options;
    this.drained = new Promise((resolve) => {
      this.#onDrained = resolve;
    });
    server.on("connection", (socket) => this.#accept(socket));
    server.on("error", (error) => this.#onAcceptError(error));
    server.on("close", () => {
      this.#serverClosed = true;
      this.#checkDrained();
    });
  }

  get port(): number {
    return this.address.port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get refused(): number {
    return this.#refused;
  }

  [Symbol.asyncIterator](): AsyncIterator<Connection, undefined> {
    if (this.#options.handler === undefined) return this.#queue.iterate();
    const message = `the handler takes the connections of the listener on ${this.#name}`;
    return { next: () => Promise.reject(new TcpError("ERR_TCP_BUSY", message)) };
  }

  async close(options: CloseOptions = {}): Promise<void> {
    const { deadlineMs = 10_000 } = options;
    integerOption("deadlineMs", deadlineMs, 0, maxTimerMs, true);
    this.#stop();
    const atDeadline = (): void => {
      const message = `the listener on ${this.#name} was closed, and ${deadlineMs} ms have passed`;
      this.destroy(new TcpError("ERR_TCP_TIMEOUT", message));
    };
    const timer = deadlineMs === Infinity ? undefined : setTimeout(atDeadline, deadlineMs);
    await this.drained;
    clearTimeout(timer);
  }

  destroy(reason?: Error): void {
    this.#destroyed = true;
    this.#stop();
    for (const connection of this.#connections) connection.destroy(reason);
    this.#checkDrained();
  }

  /** Destroys it because of the signal: loops throw instead of ending. */
  abort(reason: unknown): void {
    const message = `the listener on ${this.#name} was aborted`;
    const error = new TcpError("ERR_TCP_ABORTED", message, { cause: reason });
    this.#queue.end(error);
    this.destroy(error);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #name(): string {
    return hostPort(this.address.address, this.address.port);
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#server.close();
    for (const connection of this.#queue.end()) connection.destroy();
  }

  #accept(socket: Socket): void {
    const { remoteAddress, remotePort } = socket;
    const full = this.#connections.size >= this.#options.maxConnections;
    if (full || remoteAddress === undefined || remotePort === undefined) {
      // Without an address it is one that the peer has reset already. A refusal is a reset as well:
      // a clean end could be taken for an empty answer.
      if (full) this.#refused++;
      socket.on("error", () => {});
      socket.resetAndDestroy();
      return;
    }
    const { family } = this.address;
    const connection = new SocketConnection(socket, {
      idleTimeoutMs: this.#options.idleTimeoutMs,
      writeBufferBytes: this.#options.writeBufferBytes,
      localAddress: {
        address: socket.localAddress ?? this.address.address,
        port: this.address.port,
        family,
      },
      remoteAddress: { address: remoteAddress, port: remotePort, family },
    });
    this.#connections.add(connection);
    socket.once("close", () => {
      this.#connections.delete(connection);
      this.#queue.remove(connection);
      this.#checkDrained();
    });
    const { handler } = this.#options;
    if (handler === undefined) this.#queue.add(connection);
    else void this.#serve(handler, connection);
  }

  async #serve(handler: ConnectionHandler, connection: Connection): Promise<void> {
    this.#handlers++;
    try {
      await handler(connection);
      void connection.close();
    } catch (error) {
      connection.destroy(error instanceof Error ? error : new Error(String(error)));
      this.#report(error, connection);
    } finally {
      this.#handlers--;
      this.#checkDrained();
    }
  }

  /** Node goes on accepting after such an error. */
  #onAcceptError(error: NodeJS.ErrnoException): void {
    this.#report(systemError(`cannot accept on ${this.#name}`, error));
  }

  #report(error: unknown, connection?: Connection): void {
    const { onError } = this.#options;
    // What a network does every day, and the handler let through, is not worth a word.
    if (onError === undefined && error instanceof TcpError && connection !== undefined) return;
    try {
      if (onError === undefined) throw error;
      onError(error, connection);
    } catch (failure) {
      this.#warn(failure);
    }
  }

  /** Once for each text: under load the same mistake may happen thousands of times. */
  #warn(failure: unknown): void {
    const text = String(failure);
    if (this.#warned.has(text) || this.#warned.size >= maxWarnings) return;
    this.#warned.add(text);
    process.emitWarning(`listener on ${this.#name}: ${text}`, {
      type: "NetloomTcpWarning",
      detail: failure instanceof Error ? (failure.stack ?? "") : "",
    });
  }

  #checkDrained(): void {
    if (!this.#serverClosed || this.#connections.size > 0) return;
    if (this.#handlers === 0 || this.#destroyed) this.#onDrained();
  }
}
