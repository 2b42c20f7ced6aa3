import type { Socket } from "node:net";
import { TcpError } from "./errors.ts";

const nothing = new Uint8Array(0);

interface WaitingWrite {
  readonly bytes: Uint8Array;
  readonly settle: (error?: TcpError) => void;
}

interface EndWaiter {
  resolve(): void;
  reject(error: TcpError): void;
}

/**
 * The writing side of a socket. Node's `write` never refuses, so what it has not handed to the system
 * is counted here, and writes beyond the mark wait in line until it has taken all of that.
 */
export class SocketWriter {
  readonly #socket: Socket;
  readonly #bufferBytes: number;
  #line: WaitingWrite[] = [];
  #corked = false;
  #ending: Promise<void> | undefined;
  #endWaiter: EndWaiter | undefined;
  #failure: TcpError | undefined;
  /** Everything written, and the end, was handed to the system. */
  finished = false;

  /** The socket has a high-water mark of one byte: 'drain' then follows every flush. */
  constructor(socket: Socket, bufferBytes: number) {
    this.#socket = socket;
    this.#bufferBytes = bufferBytes;
    socket.on("drain", () => this.#admit());
    socket.on("finish", () => {
      this.finished = true;
      this.#endWaiter?.resolve();
      this.#endWaiter = undefined;
    });
  }

  write(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    const refusal = this.#refusal(bytes, signal);
    if (refusal !== undefined) return Promise.reject(refusal);
    if (this.#line.length === 0 && this.#socket.writableLength < this.#bufferBytes) {
      this.#accept(bytes);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#line = this.#line.filter((other) => other !== waiting);
        waiting.settle(abortedError(signal as AbortSignal));
        this.#finish();
      };
      const waiting: WaitingWrite = {
        bytes,
        settle: (error) => {
          signal?.removeEventListener("abort", onAbort);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      signal?.addEventListener("abort", onAbort);
      this.#line.push(waiting);
    });
  }

  end(): Promise<void> {
    if (this.#ending !== undefined) return this.#ending;
    if (this.#failure !== undefined) this.#ending = Promise.reject(this.#failure);
    else {
      this.#ending = new Promise((resolve, reject) => {
        this.#endWaiter = { resolve, reject };
      });
      this.#finish();
    }
    return this.#ending;
  }

  /**
   * Finds out whether the peer has reset: if so, the socket has its 'error' before the next phase of
   * the event loop. Bytes that are on their way to the system find it out as well.
   */
  probe(): void {
    const { writable, writableLength } = this.#socket;
    if (writable && writableLength === 0) this.#socket.write(nothing);
  }

  /** Writes reject from now on. What was done here (closed) counts before what the peer did. */
  fail(error: TcpError): void {
    if (this.#failure === undefined || error.code === "ERR_TCP_CLOSED") this.#failure = error;
    const line = this.#line;
    this.#line = [];
    for (const waiting of line) waiting.settle(this.#failure);
    this.#endWaiter?.reject(this.#failure);
    this.#endWaiter = undefined;
  }

  #refusal(bytes: Uint8Array, signal: AbortSignal | undefined): TcpError | undefined {
    if (!(bytes instanceof Uint8Array)) {
      return new TcpError("ERR_TCP_OPTION", `write takes a Uint8Array, not ${typeof bytes}`);
    }
    if (this.#failure?.code === "ERR_TCP_CLOSED") return this.#failure;
    if (this.#ending !== undefined) {
      return new TcpError("ERR_TCP_CLOSED", "this side of the connection was ended here");
    }
    if (this.#failure !== undefined) return this.#failure;
    return signal?.aborted === true ? abortedError(signal) : undefined;
  }

  #accept(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(uncork, this);
    }
    this.#socket.write(bytes);
  }

  /** For the end of the tick: everything written in it leaves in one system call. */
  uncork(): void {
    this.#corked = false;
    this.#socket.uncork();
  }

  #admit(): void {
    while (this.#socket.writableLength < this.#bufferBytes) {
      const waiting = this.#line.shift();
      if (waiting === undefined) break;
      this.#accept(waiting.bytes);
      waiting.settle();
    }
    this.#finish();
  }

  #finish(): void {
    if (this.#endWaiter !== undefined && this.#line.length === 0) this.#socket.end();
  }
}

function uncork(writer: SocketWriter): void {
  writer.uncork();
}

function abortedError(signal: AbortSignal): TcpError {
  return new TcpError("ERR_TCP_ABORTED", "the write was aborted", { cause: signal.reason });
}
