import type { Connection } from "./connection.ts";
import { TcpError } from "./errors.ts";

type Accepted = IteratorResult<Connection, undefined>;

interface Taker {
  /** Which loop waits: only that one may cancel. */
  readonly loop: object;
  resolve(accepted: Accepted): void;
  reject(error: TcpError): void;
}

const done: Accepted = { done: true, value: undefined };

/**
 * Accepted connections that wait to be taken. It needs no limit of its own: what waits is open and so
 * counts for `maxConnections`, and what ends while it waits is taken out.
 */
export class AcceptQueue {
  readonly #waiting = new Set<Connection>();
  #taker: Taker | undefined;
  #end: { readonly error: TcpError | undefined } | undefined;

  add(connection: Connection): void {
    const taker = this.#wake();
    if (taker === undefined) this.#waiting.add(connection);
    else taker.resolve({ done: false, value: connection });
  }

  remove(connection: Connection): void {
    this.#waiting.delete(connection);
  }

  /** No more are taken: loops end, or throw `error`. Returns those that nobody took. */
  end(error?: TcpError): Connection[] {
    this.#end ??= { error };
    const taker = this.#wake();
    if (error === undefined) taker?.resolve(done);
    else taker?.reject(error);
    const untaken = [...this.#waiting];
    this.#waiting.clear();
    return untaken;
  }

  iterate(): AsyncIterator<Connection, undefined> {
    let open = true;
    const loop = {
      next: (): Promise<Accepted> => (open ? this.#take(loop) : Promise.resolve(done)),
      return: (): Promise<Accepted> => {
        open = false;
        if (this.#taker?.loop === loop) this.#wake()?.resolve(done);
        return Promise.resolve(done);
      },
    };
    return loop;
  }

  #wake(): Taker | undefined {
    const taker = this.#taker;
    this.#taker = undefined;
    return taker;
  }

  #take(loop: object): Promise<Accepted> {
    if (this.#end !== undefined) {
      return this.#end.error === undefined
        ? Promise.resolve(done)
        : Promise.reject(this.#end.error);
    }
    if (this.#taker !== undefined) {
      return Promise.reject(
        new TcpError("ERR_TCP_BUSY", "another loop waits for the next connection"),
      );
    }
    for (const connection of this.#waiting) {
      this.#waiting.delete(connection);
      return Promise.resolve({ done: false, value: connection });
    }
    return new Promise((resolve, reject) => {
      this.#taker = { loop, resolve, reject };
    });
  }
}
