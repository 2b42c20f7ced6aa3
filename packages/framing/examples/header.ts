import { struct } from "@netloom/codec";
import { header } from "@netloom/framing";

// A protocol with a head of 8 bytes: 2 magic, 1 version, 1 type, 4 size of the whole message.
const head = struct(">2sBBI");
const framer = header(head, ([, version, , size]) => {
  if (version !== 1) throw new Error(`version ${String(version)} is not known`);
  return Number(size) - head.size;
});

function message(type: number, body: string): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  const frame = new Uint8Array(head.size + bytes.length);
  head.packInto(frame, 0, new TextEncoder().encode("NL"), 1, type, frame.length);
  frame.set(bytes, head.size);
  return framer.encode(frame); // checks that the head tells the truth
}

const decoder = framer.decoder();
const chunk = new Uint8Array([...message(1, "ping"), ...message(2, "")]);
decoder.push(chunk, (buffer, start, end) => {
  const frame = buffer.subarray(start, end);
  const [, , type] = head.unpackFrom(frame);
  console.log("type", type, "body", new TextDecoder().decode(frame.subarray(head.size)));
});
