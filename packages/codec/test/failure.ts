import { CodecError } from "@netloom/codec";

/** The CodecError that the work throws; any other error, or none, fails the test. */
export function failure(work: () => unknown): CodecError {
  try {
    work();
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
