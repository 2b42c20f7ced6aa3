import type { SocketAddress } from "./address.ts";

/** A datagram that arrived. */
export interface Datagram {
  /** What it carries, 0 to 65,507 bytes (65,527 over IPv6); belongs to the reader. */
  readonly data: Uint8Array;
  /**
   * Who sent it, as the network says: UDP does not prove it. Can be given to `send` to answer.
   */
  readonly from: SocketAddress;
}
