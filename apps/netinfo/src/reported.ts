import { AppError } from "@netloom/app-kit";

import { NetinfoError } from "./errors.ts";

/**
 * Does what a command asks for; what fails becomes an error that app-kit reports in both languages,
 * with status 2 where the arguments are at fault and 1 otherwise.
 */
export async function reported<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // An abort stays what it is: app-kit knows it for Ctrl-C.
    if (!(error instanceof NetinfoError) || error.code === "ERR_NETINFO_ABORTED") throw error;
    const usage = error.code === "ERR_NETINFO_ADDRESS" || error.code === "ERR_NETINFO_OPTION";
    throw new AppError(error.text, {
      code: usage ? "ERR_APP_USAGE" : "ERR_APP_FAILED",
      ...(error.cause === undefined ? {} : { cause: error.cause }),
    });
  }
}
