import { FramingError, type Framer } from "@netloom/framing";

/** What a decoder makes of these chunks and the end of input: copies of the frames, then the failure. */
export interface Decoded {
  readonly frames: Uint8Array[];
  readonly error: FramingError | undefined;
}

/** Pushes each chunk and, unless told otherwise, the end. */
export function decode(framer: Framer, chunks: Iterable<Uint8Array>, end = true): Decoded {
  const decoder = framer.decoder();
  const frames: Uint8Array[] = [];
  const onFrame = (buffer: Uint8Array, from: number, to: number): void => {
    frames.push(new Uint8Array(buffer.subarray(from, to)));
  };
  try {
    for (const chunk of chunks) {
      // A chunk may be reused after the call: what the decoder wrongly kept of it would show.
      const lent = new Uint8Array(chunk);
      decoder.push(lent, onFrame);
      lent.fill(0xee);
    }
    if (end) decoder.end(onFrame);
  } catch (error) {
    if (!(error instanceof FramingError)) throw error;
    return { frames, error };
  }
  return { frames, error: undefined };
}

/** The same outcome in a form that `toEqual` compares and prints well. */
export function outcome({ frames, error }: Decoded): unknown {
  return {
    frames: frames.map((frame) => Buffer.from(frame).toString("hex")),
    error: error && { code: error.code, message: error.message, missing: error.missing },
  };
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return pieces;
}

/** Cuts at the given places, which may repeat (an empty chunk) and come in any order. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((place, index) => bytes.slice(sorted[index], place));
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The `FramingError` that `action` throws. */
export function errorOf(action: () => unknown): FramingError {
  try {
    action();
  } catch (error) {
    if (error instanceof FramingError) return error;
    throw error;
  }
  throw new Error("it did not throw");
}
