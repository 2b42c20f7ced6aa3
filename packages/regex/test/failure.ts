import { RegexError } from "@netloom/regex";

/** The error that a call throws. */
export function failure(call: () => unknown): RegexError {
  try {
    call();
  } catch (error) {
    if (error instanceof RegexError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
