import { AppError, parseDuration } from "@netloom/app-kit";
import type { Text } from "@netloom/app-kit";

import { TransferError } from "./errors.ts";

/**
 * Runs the work of a command; a {@link TransferError} becomes one that `main` prints in the user's
 * language, with what the system said beneath.
 */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TransferError) || error.code === "ERR_TRANSFER_ABORTED") throw error;
    throw new AppError(error.text, "cause" in error ? { cause: error.cause } : {});
  }
}

/** Parses the value of `--timeout`: a time that is not 0, which would be over before it began. */
export function parseTimeout(value: string): number {
  const ms = parseDuration(value);
  if (ms > 0) return ms;
  throw usage({
    en: `got "${value}", expected a time longer than 0`,
    zh: `得到“${value}”，应为大于 0 的时间`,
  });
}

/** Parses the value of `--host`: an empty one would mean every address of the machine. */
export function parseHost(value: string): string {
  if (value !== "") return value;
  throw usage({ en: 'got "", expected an address or a name', zh: "得到空值，应为地址或名称" });
}

/** The error for arguments that cannot be. */
export function usage(text: Text): AppError {
  return new AppError(text, { code: "ERR_APP_USAGE" });
}
