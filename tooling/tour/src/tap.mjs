// @ts-check
// A tap stands between a client and a server, passes everything on unchanged, and remembers how
// much went each way and how it began: what the tour shows as "on the wire" really was there.
import dgram from "node:dgram";
import net from "node:net";
import { once } from "node:events";

/** Bytes of each direction that are kept for showing. */
const keptBytes = 48;

/** @typedef {{ bytes: number, parts: number, first: Buffer }} Direction */

/** @returns {Direction} */
function direction() {
  return { bytes: 0, parts: 0, first: Buffer.alloc(0) };
}

/** @param {Direction} side @param {Buffer} chunk */
function count(side, chunk) {
  side.bytes += chunk.length;
  side.parts += 1;
  if (side.first.length < keptBytes) {
    side.first = Buffer.concat([side.first, chunk]).subarray(0, keptBytes);
  }
}

/**
 * @typedef {object} Tap
 * @property {number} port       where the client connects instead
 * @property {"TCP" | "UDP"} protocol
 * @property {Direction} sent      client to server
 * @property {Direction} received  server to client
 * @property {() => void} close
 */

/**
 * @param {number} serverPort
 * @returns {Promise<Tap>}
 */
export async function tapTcp(serverPort) {
  const sent = direction();
  const received = direction();
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const upstream = net.connect({ port: serverPort, host: "127.0.0.1", allowHalfOpen: true });
    for (const [from, to, side] of /** @type {const} */ ([
      [client, upstream, sent],
      [upstream, client, received],
    ])) {
      sockets.add(from);
      from.on("data", (chunk) => count(side, chunk));
      from.pipe(to);
      // A broken side breaks the other one, as it would without the tap.
      from.on("error", () => to.destroy());
      from.on("close", () => sockets.delete(from));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port, protocol: "TCP", sent, received, close };
}

/**
 * @param {number} serverPort
 * @returns {Promise<Tap>}
 */
export async function tapUdp(serverPort) {
  const sent = direction();
  const received = direction();
  const front = dgram.createSocket("udp4");
  /** @type {Map<number, dgram.Socket>} */
  const backs = new Map();
  front.on("message", (data, from) => {
    count(sent, data);
    let back = backs.get(from.port);
    if (back === undefined) {
      back = dgram.createSocket("udp4");
      backs.set(from.port, back);
      back.on("message", (answer) => {
        count(received, answer);
        front.send(answer, from.port, from.address);
      });
    }
    back.send(data, serverPort, "127.0.0.1");
  });
  front.bind(0, "127.0.0.1");
  await once(front, "listening");
  const close = () => {
    front.close();
    for (const back of backs.values()) back.close();
  };
  return { port: front.address().port, protocol: "UDP", sent, received, close };
}
