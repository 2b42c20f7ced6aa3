import type { Datagram, UdpSocket } from "@netloom/udp";

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The next `count` datagrams. */
export async function receive(socket: UdpSocket, count: number): Promise<Datagram[]> {
  const received: Datagram[] = [];
  for await (const datagram of socket) {
    received.push(datagram);
    if (received.length === count) break;
  }
  return received;
}

/** The texts of the next `count` datagrams. */
export async function receiveTexts(socket: UdpSocket, count: number): Promise<string[]> {
  return (await receive(socket, count)).map(({ data }) => new TextDecoder().decode(data));
}

/** Lets the event loop turn until `condition` holds; the test's time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** A name that cannot exist: a label of more than 63 characters (RFC 1035, 2.3.4); no server is asked. */
export const impossibleName: string = `${"x".repeat(64)}.invalid`;
