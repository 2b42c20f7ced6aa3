import type { ByteStream } from "@netloom/framing";

/** Which `error.code` values an implementation uses for each kind of failure that `ByteStream` names. */
export interface ByteStreamCodes {
  /** The side that is used was ended, closed or destroyed here. */
  readonly closed: readonly string[];
  /** The connection is gone without a clean end: destroyed or reset by the peer, or lost. */
  readonly broken: readonly string[];
  /** The call's signal was aborted. */
  readonly aborted: readonly string[];
  /** A read began while another one was waiting. */
  readonly busy: readonly string[];
}

/** What the contract needs to know of an implementation of `ByteStream`. */
export interface ByteStreamFactory {
  /** Name of the implementation, for messages: `"tcp"`. */
  readonly name: string;
  /**
   * Makes two new streams that are connected with each other; called once a case. Whatever else it
   * opens (a listener) it closes before it returns. The case destroys both streams when it is over.
   */
  pair(): Promise<readonly [ByteStream, ByteStream]>;
  /** The implementation's error codes. */
  readonly codes: ByteStreamCodes;
  /** Time limit of one case in milliseconds, 10,000 by default; a case that exceeds it fails. */
  readonly timeoutMs?: number | undefined;
}

/** One behaviour: `run` resolves when the implementation has it and rejects when it has not. */
export interface ContractCase {
  /** What must hold, as a sentence for a test's title. */
  readonly name: string;
  /** Tries it on fresh streams; needs no `this`. */
  readonly run: (factory: ByteStreamFactory) => Promise<void>;
}
