import { CodecError, struct } from "@netloom/codec";

const sample = struct("<Hh4s");

// Into memory that is there already, and out of it; a negative offset counts from the end.
const memory = new Uint8Array(16);
sample.packInto(memory, 0, 1, -40, new TextEncoder().encode("temp"));
sample.packInto(memory, -sample.size, 2, 1013, new TextEncoder().encode("hPa"));
console.log(sample.unpackFrom(memory, 8));

// Record after record.
for (const [id, value] of sample.iterUnpack(memory)) console.log(id, value);

// What does not fit says which value it is.
try {
  sample.pack(3, 40_000, new Uint8Array(4));
} catch (error) {
  if (error instanceof CodecError) {
    console.log(error.code, error.index, error.message);
  }
}
