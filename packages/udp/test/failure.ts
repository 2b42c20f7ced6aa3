import { UdpError } from "@netloom/udp";

/** The UdpError that the promise rejects with; any other outcome fails the test. */
export async function failure(promise: Promise<unknown>): Promise<UdpError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UdpError) return error;
    throw error;
  }
  throw new Error("it did not reject");
}
