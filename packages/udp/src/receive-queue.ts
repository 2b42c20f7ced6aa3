import type { Datagram } from "./datagram.ts";
import { UdpError } from "./errors.ts";

interface Waiter {
  /** Which loop waits: only that one may cancel. */
  readonly loop: object;
  resolve(datagram: Datagram | undefined): void;
  reject(error: UdpError): void;
}

/**
 * Datagrams that have arrived and were not read, bounded, for one reader at a time. When it is full,
 * the newest is dropped: what a kernel does with a full socket buffer, and unlike dropping the oldest
 * it keeps a flood from washing away what came before it.
 */
export class ReceiveQueue {
  readonly #limit: number;
  #items: (Datagram | undefined)[] = [];
  /** Index of the oldest item. */
  #head = 0;
  #waiter: Waiter | undefined;
  #failure: UdpError | undefined;
  #end: { readonly error: UdpError | undefined } | undefined;
  /** How many were dropped because it was full. */
  dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(datagram: Datagram): void {
    if (this.#end !== undefined) return;
    const waiter = this.#wake();
    if (waiter !== undefined) waiter.resolve(datagram);
    else if (this.#items.length - this.#head >= this.#limit) this.dropped++;
    else this.#items.push(datagram);
  }

  /** The next datagram; undefined at the end, or when `loop` cancelled. */
  read(loop: object): Promise<Datagram | undefined> {
    const failure = this.#failure ?? this.#end?.error;
    this.#failure = undefined;
    if (failure !== undefined) return Promise.reject(failure);
    const datagram = this.#take();
    if (datagram !== undefined || this.#end !== undefined) return Promise.resolve(datagram);
    if (this.#waiter !== undefined) {
      return Promise.reject(
        new UdpError("ERR_UDP_BUSY", "another loop waits for the next datagram"),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiter = { loop, resolve, reject };
    });
  }

  /** Ends the read of `loop` that waits, if one does. */
  cancel(loop: object): void {
    if (this.#waiter?.loop === loop) this.#wake()?.resolve(undefined);
  }

  /** One read, the one that waits or else the next, rejects with `error`. */
  fail(error: UdpError): void {
    const waiter = this.#wake();
    if (waiter === undefined) this.#failure = error;
    else waiter.reject(error);
  }

  /** Drops everything; from now on reads tell the end, or reject with `error`. The first one counts. */
  end(error: UdpError | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    this.#failure = undefined;
    this.#items = [];
    this.#head = 0;
    const waiter = this.#wake();
    if (error === undefined) waiter?.resolve(undefined);
    else waiter?.reject(error);
  }

  #wake(): Waiter | undefined {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    return waiter;
  }

  #take(): Datagram | undefined {
    const datagram = this.#items[this.#head];
    if (datagram === undefined) return undefined;
    this.#items[this.#head++] = undefined;
    // Moving the rest only now and then keeps taking cheap, however long the queue is.
    if (this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return datagram;
  }
}
