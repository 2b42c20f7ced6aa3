import { CodecError, decodeText, encodeText, encodings, textDecoder } from "@netloom/codec";

console.log(encodings);

// Strict by default: the error says where.
try {
  encodeText("价格 5 €", "gbk");
} catch (error) {
  if (error instanceof CodecError) console.log(error.message, error.offset);
}
console.log(decodeText(encodeText("价格 5 €", "gbk", { errors: "replace" }), "gbk"));

// Text that arrives in chunks: a character may be cut anywhere.
const decoder = textDecoder("gbk");
let received = "";
for (const byte of encodeText("织网", "gbk")) received += decoder.decode(Uint8Array.of(byte));
received += decoder.end();
console.log(received);
