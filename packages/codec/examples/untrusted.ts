import { CodecError, json, msgpack } from "@netloom/codec";

const fromPeer = msgpack({ maxBytes: 64 * 1024, maxDepth: 8 });
const hostile: Record<string, Uint8Array> = {
  "announces 4 GiB": Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff),
  "nests without end": new Uint8Array(1000).fill(0x91),
  "is a regular expression": Uint8Array.of(0xd4, 0x78, 0, 0x92, 0xa1, 0x61, 0xa0),
  "goes on after its end": Uint8Array.of(1, 2),
};
for (const [what, bytes] of Object.entries(hostile)) {
  try {
    fromPeer.decode(bytes);
  } catch (error) {
    if (error instanceof CodecError) console.log(`${what}: ${error.code}, ${error.message}`);
  }
}

try {
  json().decode(new TextEncoder().encode('{"__proto__": {"admin": true}}'));
} catch (error) {
  if (error instanceof CodecError) console.log(`${error.code}, ${error.message}`);
}
