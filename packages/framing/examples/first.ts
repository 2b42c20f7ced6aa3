import { msgpack } from "@netloom/codec";
import { lengthPrefixed } from "@netloom/framing";

const framer = lengthPrefixed({ width: 4 });
const codec = msgpack<{ id: number; text: string }>();

// Three messages, as they would be written to a socket one after the other.
const sent = ["hello", "", "世界"].map((text, id) => framer.encode(codec.encode({ id, text })));
const wire = new Uint8Array(sent.flatMap((frame) => [...frame]));

// A socket gives them in pieces of its own. Here: 10 bytes at a time.
const decoder = framer.decoder();
for (let at = 0; at < wire.length; at += 10) {
  const chunk = wire.subarray(at, at + 10);
  console.log(`a chunk of ${chunk.length} bytes`);
  decoder.push(chunk, (buffer, start, end) => {
    console.log("  a message:", codec.decode(buffer.subarray(start, end)));
  });
}
decoder.end(() => {});
