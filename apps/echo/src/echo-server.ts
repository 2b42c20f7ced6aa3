import type { Protocol } from "./echo-text.ts";

/** What an echo server tells while it runs; under `--json` each is one line. */
export type EchoEvent =
  /** A client connected (TCP). */
  | { readonly type: "opened"; readonly protocol: "tcp"; readonly peer: string }
  /** A connection is over (TCP): bytes echoed on it, how long it lasted, and why it broke if it did. */
  | {
      readonly type: "closed";
      readonly protocol: "tcp";
      readonly peer: string;
      readonly bytes: number;
      readonly ms: number;
      readonly error?: string | undefined;
    }
  /** The first datagram of a sender (UDP), or the first after very many other senders. */
  | { readonly type: "sender"; readonly protocol: "udp"; readonly peer: string };

/** What an echo server has done until now. */
export interface EchoTotals {
  /** Connections accepted (TCP), datagrams echoed (UDP). */
  readonly count: number;
  /** Bytes echoed. */
  readonly bytes: number;
  /**
   * Connections that broke, or were refused because too many were open (TCP). Datagrams that were
   * received and not echoed (UDP): they came faster than they could be answered, the system refused
   * to send, or an echo server seems to have sent them. What the system itself dropped is not known.
   */
  readonly failed: number;
}

/** Where an echo server listens. */
export interface ServeEchoOptions {
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  readonly host?: string | undefined;
  /** Port, 0 to 65535; 0 takes a free one. Default 0. */
  readonly port?: number | undefined;
  /** Called for each event. Must not throw. */
  readonly onEvent?: ((event: EchoEvent) => void) | undefined;
}

/** A running echo server. */
export interface EchoServer extends AsyncDisposable {
  readonly protocol: Protocol;
  /** The address it listens on. */
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;
  /** What it has done until now. */
  readonly totals: EchoTotals;
  /**
   * Stops: nothing new is taken, what was read is still echoed, and what is not done after 1 s is cut
   * off. Never rejects, and may be called again.
   */
  close(): Promise<void>;
}

/** How long {@link EchoServer.close} waits for clients to take what was read from them. */
export const CLOSE_DEADLINE_MS = 1_000;

/** `127.0.0.1:7007`, `[::1]:7007`. */
export function addressOf(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
