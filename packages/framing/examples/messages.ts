import { json } from "@netloom/codec";
import { lines, messages, type ByteStream } from "@netloom/framing";

// Any byte stream will do: a connection of @netloom/tcp, a pipe, or, here, one that gives back what
// is written to it.
const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
const writer = writable.getWriter();
const loopback: ByteStream = {
  [Symbol.asyncIterator]: () => readable.values({ preventCancel: true }),
  write: (bytes) => writer.write(bytes),
  end: () => writer.close(),
  close: () => writer.close(),
  destroy: (reason) => void writer.abort(reason),
  [Symbol.asyncDispose]: () => writer.close(),
};

const peer = messages(loopback, lines(), json<{ question: string }>());
const sending = (async () => {
  await peer.send({ question: "who is there?" });
  await peer.send({ question: "and what\ndo you want?" });
  await peer.end();
})();

// `break` loses nothing: the second loop goes on with the second message.
for await (const message of peer) {
  console.log("first loop: ", message);
  break;
}
for await (const message of peer) console.log("second loop:", message);
await sending;
