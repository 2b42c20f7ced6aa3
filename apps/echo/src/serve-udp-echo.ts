import { bind } from "@netloom/udp";
import type { Datagram } from "@netloom/udp";

import { addressOf } from "./echo-server.ts";
import type { EchoServer, EchoTotals, ServeEchoOptions } from "./echo-server.ts";

/** Senders that are remembered, so that each is told of once and memory stays bounded. */
const REMEMBERED_SENDERS = 1_024;

/**
 * Echoes datagrams over UDP, each to its sender. A datagram from the same port number as the server's
 * own is not answered: it may come from another echo server, which would answer for ever (a loop that
 * anyone can start with one forged datagram; CERT CA-1996-01).
 *
 * @throws UdpError when it cannot listen
 * @example
 * await using server = await serveUdpEcho({ port: 7007 });
 * console.log(server.port);
 */
export async function serveUdpEcho(options: ServeEchoOptions = {}): Promise<EchoServer> {
  const { host, port, onEvent } = options;
  const socket = await bind({ host, port });
  const senders = new Set<string>();
  let count = 0;
  let bytes = 0;
  let failed = 0;

  const tell = (peer: string): void => {
    if (senders.has(peer)) return;
    senders.add(peer);
    const [oldest] = senders;
    if (senders.size > REMEMBERED_SENDERS && oldest !== undefined) senders.delete(oldest);
    onEvent?.({ type: "sender", protocol: "udp", peer });
  };
  const echo = async ({ data, from }: Datagram): Promise<void> => {
    tell(addressOf(from.address, from.port));
    if (from.port === socket.address.port) {
      failed++;
      return;
    }
    try {
      await socket.send(data, from);
      count++;
      bytes += data.length;
    } catch {
      // The network's fault or the sender's (a forged address leads nowhere): not worth a server.
      failed++;
    }
  };
  const serve = async (): Promise<void> => {
    for (;;) {
      try {
        for await (const datagram of socket) await echo(datagram);
        return;
      } catch {
        // An error of receiving: the socket goes on, and so do we.
        failed++;
      }
    }
  };

  const served = serve();
  const close = async (): Promise<void> => {
    await socket.close();
    await served;
  };
  return {
    protocol: "udp",
    host: socket.address.address,
    port: socket.address.port,
    get totals(): EchoTotals {
      return { count, bytes, failed: failed + socket.dropped };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
