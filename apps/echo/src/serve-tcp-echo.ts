import { listen } from "@netloom/tcp";
import type { Connection } from "@netloom/tcp";
import { setMaxListeners } from "node:events";

import { addressOf, CLOSE_DEADLINE_MS } from "./echo-server.ts";
import type { EchoServer, EchoTotals, ServeEchoOptions } from "./echo-server.ts";
import { elapsedMs } from "./elapsed-ms.ts";

/**
 * Echoes bytes over TCP, to many clients at once, each as fast as it reads: what a client does not
 * take is not read from it either, so that memory stays bounded. When a client ends its side, it gets
 * the rest and then the end.
 *
 * At most 1024 connections are open at the same time, one more is reset; one without a byte for ten
 * minutes is reset as well (the defaults of `@netloom/tcp`).
 *
 * @throws TcpError when it cannot listen
 * @example
 * const server = await serveTcpEcho({ port: 7007 });
 * console.log(server.port);
 * await server.close();
 */
export async function serveTcpEcho(options: ServeEchoOptions = {}): Promise<EchoServer> {
  const { host, port, onEvent } = options;
  const stop = new AbortController();
  // Every open connection listens to it, and that is no leak.
  setMaxListeners(0, stop.signal);
  const running = new Set<Promise<void>>();
  let count = 0;
  let bytes = 0;
  let broken = 0;

  const serve = async (connection: Connection): Promise<void> => {
    const { address, port } = connection.remoteAddress;
    const peer = addressOf(address, port);
    const closed = { type: "closed", protocol: "tcp", peer } as const;
    const startedAt = performance.now();
    let echoed = 0;
    count++;
    onEvent?.({ type: "opened", protocol: "tcp", peer });
    try {
      for await (const chunk of readUntil(connection, stop.signal)) {
        await connection.write(chunk);
        echoed += chunk.length;
        bytes += chunk.length;
      }
      await connection.end();
      onEvent?.({ ...closed, bytes: echoed, ms: elapsedMs(startedAt) });
    } catch (error) {
      broken++;
      const why = error instanceof Error ? error.message : String(error);
      onEvent?.({ ...closed, bytes: echoed, ms: elapsedMs(startedAt), error: why });
      throw error;
    }
  };

  const listener = await listen({ host, port }, (connection) => {
    const work = serve(connection);
    running.add(work);
    void work.catch(() => {}).finally(() => running.delete(work));
    return work;
  });
  const close = async (): Promise<void> => {
    stop.abort();
    await listener.close({ deadlineMs: CLOSE_DEADLINE_MS });
    // Those that were cut off at the deadline have something to tell too.
    await Promise.allSettled(running);
  };
  return {
    protocol: "tcp",
    host: listener.address.address,
    port: listener.port,
    get totals(): EchoTotals {
      return { count, bytes, failed: broken + listener.refused };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The chunks of a connection until its peer ends it, or until nothing more is to be taken. */
async function* readUntil(
  connection: Connection,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = connection[Symbol.asyncIterator]();
  // Ends a read that waits, too.
  const stop = (): void => void chunks.return?.();
  signal.addEventListener("abort", stop);
  try {
    for (;;) {
      if (signal.aborted) return;
      const { done, value } = await chunks.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
