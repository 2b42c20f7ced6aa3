import { TcpError } from "@netloom/tcp";
import { UdpError } from "@netloom/udp";

import type { EchoServer, ServeEchoOptions } from "./echo-server.ts";
import type { Protocol } from "./echo-text.ts";
import { serveTcpEcho } from "./serve-tcp-echo.ts";
import { serveUdpEcho } from "./serve-udp-echo.ts";

const serveOne: Readonly<Record<Protocol, (options: ServeEchoOptions) => Promise<EchoServer>>> = {
  tcp: serveTcpEcho,
  udp: serveUdpEcho,
};

/** A port that is free for one protocol and taken for the other is bad luck; this often is no luck. */
const MAX_ATTEMPTS = 16;

/**
 * Echoes over several protocols on one port. With port 0 that is a port that is free for all of them.
 *
 * @returns the servers in the order of `protocols`; when one of them cannot listen, none does
 * @throws TcpError, UdpError
 * @example
 * const [tcp, udp] = await serveEcho(["tcp", "udp"], { port: 7007 });
 * await Promise.all([tcp?.close(), udp?.close()]);
 */
export async function serveEcho(
  protocols: readonly Protocol[],
  options: ServeEchoOptions = {},
): Promise<EchoServer[]> {
  for (let attempt = 1; ; attempt++) {
    const servers: EchoServer[] = [];
    try {
      for (const protocol of protocols) {
        const port = servers[0]?.port ?? options.port;
        servers.push(await serveOne[protocol]({ ...options, port }));
      }
      return servers;
    } catch (error) {
      await Promise.all(servers.map((server) => server.close()));
      const chosenHere = (options.port ?? 0) === 0 && servers.length > 0;
      if (!chosenHere || !isInUse(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function isInUse(error: unknown): boolean {
  return (
    (error instanceof TcpError && error.code === "ERR_TCP_ADDRESS_IN_USE") ||
    (error instanceof UdpError && error.code === "ERR_UDP_ADDRESS_IN_USE")
  );
}
