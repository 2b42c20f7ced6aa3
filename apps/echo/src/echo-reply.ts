import type { Encoding } from "@netloom/codec";

/** What became of one text. */
export interface EchoReply {
  /** The text that was sent. */
  readonly text: string;
  /** Bytes that the text has in the encoding, without what marks it off on the wire. */
  readonly bytes: number;
  /**
   * `same`: it came back as it was sent. `different`: something else came back. `lost`: nothing came
   * back in time (datagrams only; over TCP that ends the conversation with an error).
   */
  readonly outcome: "same" | "different" | "lost";
  /** What came back, unless nothing did. */
  readonly received?: string | undefined;
  /** Milliseconds from sending to receiving, unless nothing came back. */
  readonly ms?: number | undefined;
}

/** Where texts are sent, and how. */
export interface SendEchoOptions {
  /** Name or IP address of the server. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Port of the server, 1 to 65535. */
  readonly port: number;
  /** How the texts are written in bytes. Default `utf-8`. */
  readonly encoding?: Encoding | undefined;
  /** Longest wait for the connection, and for each echo; milliseconds, 1 to 2^31 - 1. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Gives up when aborted, with `ERR_ECHO_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}
