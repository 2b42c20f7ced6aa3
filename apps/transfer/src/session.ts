import { messages } from "@netloom/framing";
import type { ByteStream, MessageStream } from "@netloom/framing";
import type { TransferError } from "./errors.ts";
import { connectionError, localError, remoteError, timeoutError } from "./failures.ts";
import { protocolError } from "./message-fields.ts";
import { transferCodec, transferFramer } from "./protocol.ts";
import type { TransferMessage } from "./protocol.ts";

/** Longest time that a side takes to end a connection or to tell the peer why it gives up. */
const farewellMs = 1_000;

/** What a {@link Session} goes by. */
export interface SessionOptions {
  /** Milliseconds of waiting for the peer after which the session fails with `ERR_TRANSFER_TIMEOUT`. */
  readonly timeoutMs: number;
  /** The name that errors are about; a server learns it from the request. Default none. */
  readonly subject?: string | undefined;
}

type Reject = (error: TransferError) => void;

/**
 * One side of a connection: messages of the protocol, a limit on the time that nothing moves, and
 * errors that are told to the peer.
 */
export class Session {
  /** The name that errors are about. */
  subject: string | undefined;
  readonly #messages: MessageStream<TransferMessage>;
  readonly #source: AsyncIterator<TransferMessage, undefined>;
  #timer: NodeJS.Timeout | undefined;
  /** The calls that wait for the peer; the time limit counts only while there are some. */
  readonly #waiting = new Set<Reject>();
  /** The message that is being waited for, also by a call that was interrupted. */
  #next: Promise<IteratorResult<TransferMessage, undefined>> | undefined;
  #interruption: TransferError | undefined;

  constructor(stream: ByteStream, { timeoutMs, subject }: SessionOptions) {
    this.subject = subject;
    this.#messages = messages(stream, transferFramer, transferCodec);
    this.#source = this.#messages[Symbol.asyncIterator]();
    this.#timer = setTimeout(() => {
      if (this.#waiting.size > 0) this.interrupt(timeoutError(timeoutMs));
    }, timeoutMs);
  }

  /** Rejects every call that waits, and every later one, with this error; the first one stays. */
  interrupt(error: TransferError): void {
    this.#interruption ??= error;
    for (const reject of this.#waiting) reject(this.#interruption);
  }

  /** Sends a message: resolves when the transport has taken it. */
  send(message: TransferMessage): Promise<void> {
    return this.#wait(() => this.#messages.send(message));
  }

  /**
   * The next message. Rejects with the peer's error if that is what came, and with
   * `ERR_TRANSFER_LOST` when the peer has ended.
   */
  async receive(): Promise<TransferMessage> {
    const { done, value } = await this.#wait(() => this.#nextResult());
    if (done === true) throw connectionError(undefined);
    if (value.type === "error") throw remoteError(value, this.subject);
    return value;
  }

  /** Receives a message of this type and no other. */
  async expect<K extends TransferMessage["type"]>(
    type: K,
  ): Promise<Extract<TransferMessage, { type: K }>> {
    const message = await this.receive();
    if (message.type !== type) throw protocolError(`"${message.type}" in place of "${type}"`);
    return message as Extract<TransferMessage, { type: K }>;
  }

  /** Gives the connection back once everything is sent, or drops it when that takes too long. */
  async close(): Promise<void> {
    this.#stopTimer();
    const limit = setTimeout(() => this.#messages.destroy(), farewellMs);
    await this.#messages.close();
    clearTimeout(limit);
  }

  /**
   * Tells the peer why this side gives up, then ends. What the peer still sends is taken in for a
   * moment: a connection that is closed with bytes unread is reset, and the peer would never read
   * the error. Never rejects.
   */
  async fail(error: unknown): Promise<void> {
    this.#stopTimer();
    const failure = localError(error, this.subject);
    const limit = setTimeout(() => this.#messages.destroy(failure), farewellMs);
    try {
      // One that the peer has reported, or that took the connection along, is no news to it.
      if (!failure.remote && failure.code !== "ERR_TRANSFER_LOST") await this.#tell(failure);
    } catch {
      // The peer is gone, or never spoke this protocol: there is nobody to tell.
    }
    await this.#messages.close();
    clearTimeout(limit);
  }

  async #tell({ code, message, limit, cause }: TransferError): Promise<void> {
    const told = code === "ERR_TRANSFER_ABORTED" ? "ERR_TRANSFER_STOPPED" : code;
    // What has a cause may tell of paths on this machine, which are none of the peer's business.
    const text = cause === undefined ? message.slice(0, 300) : told;
    await this.#messages.send({ type: "error", code: told, text, limit });
    await this.#messages.end();
    while ((await this.#nextResult()).done !== true) {
      // Dropped.
    }
  }

  #nextResult(): Promise<IteratorResult<TransferMessage, undefined>> {
    this.#next ??= this.#source.next().finally(() => {
      this.#next = undefined;
    });
    return this.#next;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    // A timer that was cleared runs again when it is refreshed.
    this.#timer = undefined;
  }

  // Not Promise.race with a promise that lives as long as the session: that one would keep a
  // reaction for every message until the end.
  #wait<T>(start: () => Promise<T>): Promise<T> {
    if (this.#interruption !== undefined) return Promise.reject(this.#interruption);
    return new Promise((resolve, reject) => {
      this.#timer?.refresh();
      this.#waiting.add(reject);
      start()
        .finally(() => {
          this.#waiting.delete(reject);
          this.#timer?.refresh();
        })
        .then(resolve, (error: unknown) => reject(connectionError(error)));
    });
  }
}
