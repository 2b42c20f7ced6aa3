import { text } from "@netloom/codec";
import { lines } from "@netloom/framing";

const utf8 = text("utf-8");
const decoder = lines({ maxFrameBytes: 1000 }).decoder();
const print = (buffer: Uint8Array, start: number, end: number): void => {
  console.log(JSON.stringify(utf8.decode(buffer.subarray(start, end))));
};

// The chunks are cut in the middle of a character and between CR and LF.
const bytes = utf8.encode("first\n第二\r\n\nthe last has no end");
for (const chunk of [bytes.subarray(0, 7), bytes.subarray(7, 13), bytes.subarray(13)]) {
  decoder.push(chunk, print);
}
decoder.end(print);
