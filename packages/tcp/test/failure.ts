import { TcpError } from "@netloom/tcp";

/** The TcpError that the promise rejects with; any other outcome fails the test. */
export async function failure(promise: Promise<unknown>): Promise<TcpError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TcpError) return error;
    throw error;
  }
  throw new Error("it did not reject");
}
