import type { Text } from "./language.ts";

/**
 * What kind of failure an {@link AppError} is; it decides the exit status.
 *
 * - `ERR_APP_USAGE`: the user asked for something that cannot be: wrong arguments, a bad value. 2.
 * - `ERR_APP_FAILED`: the work could not be done. 1.
 */
export type AppErrorCode = "ERR_APP_USAGE" | "ERR_APP_FAILED";

/** How an {@link AppError} is to be reported. */
export interface AppErrorOptions {
  /** What kind of failure it is. Default `ERR_APP_FAILED`. */
  readonly code?: AppErrorCode | undefined;
  /** Exit status, 1 to 255. Default 2 for `ERR_APP_USAGE`, 1 for `ERR_APP_FAILED`. */
  readonly status?: number | undefined;
  /** The error beneath; its description follows the message, after a colon. */
  readonly cause?: unknown;
}

/**
 * A failure that an app reports to its user: `main` prints `text` in the user's language as one
 * line and ends with `status`. Say what happened, to what, and what the user can do.
 *
 * @example
 * throw new AppError({ en: `no such encoding: "${name}"`, zh: `没有这种编码："${name}"` },
 *   { code: "ERR_APP_USAGE" });
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  /** Exit status, 1 to 255. */
  readonly status: number;
  /** The message in both languages; `message` is the English one. */
  readonly text: Text;

  constructor(text: Text, options: AppErrorOptions = {}) {
    super(text.en, "cause" in options ? { cause: options.cause } : undefined);
    this.code = options.code ?? "ERR_APP_FAILED";
    this.status = options.status ?? (this.code === "ERR_APP_USAGE" ? 2 : 1);
    if (!Number.isInteger(this.status) || this.status < 1 || this.status > 255) {
      throw new RangeError(`status must be a whole number from 1 to 255, got ${this.status}`);
    }
    this.text = text;
  }
}
