import { raw } from "@netloom/codec";
import { expect, test } from "vitest";

test("bytes are copied in both directions", () => {
  const codec = raw();
  for (const direction of ["encode", "decode"] as const) {
    const source = Buffer.from([1, 2, 3]);
    const bytes = codec[direction](source);
    source.fill(0);
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
    expect(bytes.constructor).toBe(Uint8Array);
  }
});
