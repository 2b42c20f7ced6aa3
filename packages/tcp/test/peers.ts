import {
  connect,
  listen,
  type Connection,
  type ConnectOptions,
  type ListenOptions,
} from "@netloom/tcp";

/** A client and the server's end of the same connection. The listener accepts no more. */
export async function pair(
  options: ListenOptions & Partial<ConnectOptions> = {},
): Promise<{ client: Connection; server: Connection }> {
  const listener = await listen({ ...options, port: 0 });
  const accepted = listener[Symbol.asyncIterator]().next();
  const client = await connect({ ...options, port: listener.port });
  const server = (await accepted).value as Connection;
  void listener.close({ deadlineMs: Infinity });
  return { client, server };
}

/** Everything that arrives until the peer ends, as one text. */
export async function readText(connection: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of connection) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Lets the event loop turn until `condition` holds; the test's time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
