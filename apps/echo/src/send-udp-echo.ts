import { decodeText } from "@netloom/codec";
import type { Encoding } from "@netloom/codec";
import { bind } from "@netloom/udp";
import type { Datagram, UdpSocket } from "@netloom/udp";
import { lookup } from "node:dns/promises";
import { SocketAddress } from "node:net";

import type { EchoReply, SendEchoOptions } from "./echo-reply.ts";
import { encodeEchoText } from "./echo-text.ts";
import { elapsedMs } from "./elapsed-ms.ts";
import { sendSettings } from "./send-settings.ts";
import type { SendSettings } from "./send-settings.ts";
import { timeoutError } from "./send-tcp-echo.ts";
import { within } from "./within.ts";

/** How many texts back a datagram that comes late is still known for what it is. */
const REMEMBERED_TEXTS = 64;

/**
 * Sends texts to a UDP echo server, each as one datagram, and waits for its echo before it asks for
 * the next text. A text whose echo does not come in time is lost, and the next one is sent.
 *
 * A datagram carries nothing but the text: an echo that comes late or twice is known by being that of
 * one of the last 64 texts, and is left out. That of a text equal to the one being waited for cannot
 * be told from its echo.
 *
 * Nothing happens before the first reply is asked for; the socket is closed when the loop ends.
 *
 * @throws EchoError for a text that cannot be sent, and an abort; UdpError when the system refuses to
 * send; the system's own error when the host is not found; what `texts` throws.
 * @example
 * for await (const reply of sendUdpEcho(["Hello", "你好"], { port: 7007 })) {
 *   console.log(reply.text, reply.outcome, reply.ms);
 * }
 */
export async function* sendUdpEcho(
  texts: Iterable<string> | AsyncIterable<string>,
  options: SendEchoOptions,
): AsyncGenerator<EchoReply, void, undefined> {
  const settings = sendSettings(options);
  const { port, encoding } = settings;
  const { address, family } = await serverAddress(settings);
  // From every address of this machine: which one leads to the server is the system's business.
  await using socket = await bind({ host: family === 6 ? "::" : "0.0.0.0" });
  const replies = new Replies(socket, { address, port }, settings);
  for await (const text of texts) {
    const sent = encodeEchoText(text, encoding, "udp");
    const startedAt = performance.now();
    await socket.send(sent, { host: address, port });
    const data = await replies.next(sent);
    const ms = elapsedMs(startedAt);
    yield { text, bytes: sent.length, ...compare(sent, data, ms, encoding) };
  }
}

function compare(
  sent: Uint8Array,
  data: Uint8Array | undefined,
  ms: number,
  encoding: Encoding,
): Pick<EchoReply, "outcome" | "received" | "ms"> {
  if (data === undefined) return { outcome: "lost" };
  // For people to look at: that it is what was sent is decided by the bytes.
  const received = decodeText(data, encoding, { errors: "replace" });
  return { outcome: isSame(sent, data) ? "same" : "different", received, ms };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** What the server sends back, without what belongs to earlier texts. */
class Replies {
  readonly #datagrams: AsyncIterator<Datagram>;
  readonly #server: { readonly address: string; readonly port: number };
  readonly #settings: SendSettings;
  readonly #earlier: Uint8Array[] = [];
  /** A wait that has outlived the text it was for: the next one goes on with it. */
  #arrival: Promise<IteratorResult<Datagram>> | undefined;

  constructor(
    socket: UdpSocket,
    server: { readonly address: string; readonly port: number },
    settings: SendSettings,
  ) {
    this.#datagrams = socket[Symbol.asyncIterator]();
    this.#server = server;
    this.#settings = settings;
  }

  /** What came back for `sent`, which has just been sent; undefined when nothing did in time. */
  async next(sent: Uint8Array): Promise<Uint8Array | undefined> {
    const { timeoutMs, signal } = this.#settings;
    const deadline = performance.now() + timeoutMs;
    try {
      for (;;) {
        this.#arrival ??= this.#datagrams.next();
        const left = Math.max(0, deadline - performance.now());
        const arrived = await within(this.#arrival, left, signal);
        if (arrived === undefined || arrived.done === true) return undefined;
        this.#arrival = undefined;
        const { data, from } = arrived.value;
        const { address, port } = this.#server;
        if (from.port !== port || canonical(from.address) !== address) continue;
        if (isSame(data, sent) || !this.#earlier.some((other) => isSame(data, other))) return data;
      }
    } finally {
      this.#earlier.push(sent);
      if (this.#earlier.length > REMEMBERED_TEXTS) this.#earlier.shift();
    }
  }
}

/** Looked up once: replies are known by the address that they come from. */
async function serverAddress(
  settings: SendSettings,
): Promise<{ readonly address: string; readonly family: number }> {
  const { host, timeoutMs, signal } = settings;
  // Where a name has both, nobody tells which one the server listens on; most listen on IPv4.
  const found = await within(lookup(host, { order: "ipv4first" }), timeoutMs, signal);
  if (found === undefined) throw timeoutError(settings);
  // "Every address" as a destination means this machine, and replies come from its loopback.
  if (found.address === "0.0.0.0") return { address: "127.0.0.1", family: 4 };
  if (found.address === "::") return { address: "::1", family: 6 };
  return { address: canonical(found.address), family: found.family };
}

/** One way to write an address: `0:0:0:0:0:0:0:1` is `::1`. Those with a zone stay as they are. */
function canonical(address: string): string {
  if (!address.includes(":") || address.includes("%")) return address;
  return new SocketAddress({ address, family: "ipv6" }).address;
}
