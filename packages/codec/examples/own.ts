import type { Codec } from "@netloom/codec";
import { struct } from "@netloom/codec";

interface Reading {
  sensor: number;
  celsius: number;
}

const layout = struct(">Bf");
const reading: Codec<Reading> = {
  encode: ({ sensor, celsius }) => layout.pack(sensor, celsius),
  decode(bytes) {
    const [sensor, celsius] = layout.unpack(bytes);
    return { sensor: Number(sensor), celsius: Number(celsius) };
  },
};

console.log(reading.decode(reading.encode({ sensor: 7, celsius: -40.5 })));
