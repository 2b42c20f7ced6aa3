import type { Socket } from "node:net";
import { TcpError } from "./errors.ts";

interface Waiter {
  /** Who waits: only that one may cancel. */
  readonly reader: object;
  resolve(chunk: Uint8Array | undefined): void;
  reject(error: TcpError): void;
}

/**
 * The reading side of a socket: one chunk for each call, with back-pressure.
 *
 * **A reset must not look like an end.** When data and a reset arrive together, libuv reports the data
 * and then a clean end (`uv__stream_io`: POLLHUP after a read that did not fill the buffer) as long as
 * reading is on, and half an answer would be taken for a whole one. So:
 *
 * - While this side can still write, chunks come by 'data', which is fast, and an end is believed only
 *   when an empty write has not failed: on a socket that was reset every write fails at once.
 * - From `halfClose` on, nothing can be written. Then chunks are taken by 'readable' and `read()`, with
 *   the socket's high-water mark at one byte: Node stops reading inside the callback of each chunk,
 *   and reading goes on in a later phase of the event loop, by a system call of its own that returns
 *   ECONNRESET.
 */
export class SocketReader {
  readonly #socket: Socket;
  /** Makes an empty write where that is possible: it fails where the peer has reset. */
  readonly #probe: () => void;
  readonly #onData = (chunk: Buffer): void => this.#arrived(chunk);
  #waiter: Waiter | undefined;
  /** Arrived by 'data' while nobody waited; the socket is paused. */
  #chunk: Uint8Array | undefined;
  #failure: TcpError | undefined;
  #halfClosed = false;
  #discarding = false;
  #endConfirmed = false;
  /** Node reported the peer's end. */
  ended = false;

  constructor(socket: Socket, probe: () => void) {
    this.#socket = socket;
    this.#probe = probe;
    socket.on("data", this.#onData);
    socket.on("end", () => {
      this.ended = true;
      this.#probe();
      // By then the error of the probe, or that of a write which was under way, has been told.
      setImmediate(() => {
        this.#endConfirmed = true;
        this.#wake()?.resolve(undefined);
      });
    });
  }

  /** The next chunk; undefined at the end, or when `reader` cancelled. */
  read(reader: object): Promise<Uint8Array | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#waiter !== undefined) {
      return Promise.reject(
        new TcpError("ERR_TCP_BUSY", "another read of this connection is waiting"),
      );
    }
    const chunk = this.#chunk;
    if (chunk !== undefined) {
      this.#chunk = undefined;
      if (!this.#halfClosed) this.#socket.resume();
      return Promise.resolve(chunk);
    }
    if (this.#endConfirmed) return Promise.resolve(undefined);
    if (this.#halfClosed) this.#takeLater();
    return new Promise((resolve, reject) => {
      this.#waiter = { reader, resolve, reject };
    });
  }

  /** Ends the read of `reader` that waits, if one does. */
  cancel(reader: object): void {
    if (this.#waiter?.reader === reader) this.#wake()?.resolve(undefined);
  }

  /** Reads reject from now on. What was done here (closed) counts before what the peer did. */
  fail(error: TcpError): void {
    if (this.#failure === undefined || error.code === "ERR_TCP_CLOSED") this.#failure = error;
    this.#chunk = undefined;
    this.#wake()?.reject(this.#failure);
  }

  /** This side is about to end: no probe will be possible. */
  halfClose(): void {
    if (this.#halfClosed || this.#discarding) return;
    this.#halfClosed = true;
    this.#probe();
    this.#socket.off("data", this.#onData);
    this.#socket.on("readable", () => this.#takeLater());
  }

  /** From now on what arrives is dropped. */
  discard(): void {
    this.#discarding = true;
    if (this.#halfClosed) this.#takeLater();
    else this.#socket.resume();
  }

  #arrived(chunk: Buffer): void {
    if (this.#discarding) return;
    // Each chunk has memory of its own; only Buffer's other methods must not come with it.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const waiter = this.#wake();
    if (waiter !== undefined) waiter.resolve(bytes);
    else {
      this.#chunk = bytes;
      this.#socket.pause();
    }
  }

  /** Never within the callback that brought the chunk: see above. */
  #takeLater(): void {
    setImmediate(() => {
      while (this.#discarding || (this.#waiter !== undefined && this.#chunk === undefined)) {
        const chunk = this.#socket.read() as Buffer | null;
        if (chunk === null) break;
        this.#arrived(chunk);
      }
    });
  }

  #wake(): Waiter | undefined {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    return waiter;
  }
}
