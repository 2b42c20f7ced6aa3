/**
 * What went wrong.
 *
 * In a stream of `memoryPair`, as `ByteStream` names the kinds:
 * - `ERR_TESTING_CLOSED`: this side was ended, closed or destroyed here (`cause`: destroy's reason);
 * - `ERR_TESTING_BROKEN`: the peer destroyed the stream, or closed it while this side was writing;
 * - `ERR_TESTING_ABORTED`: the call's signal was aborted (`cause`: the signal's reason);
 * - `ERR_TESTING_BUSY`: a read began while another one was waiting.
 *
 * Elsewhere:
 * - `ERR_TESTING_ARGUMENT`: an option or argument outside what is allowed;
 * - `ERR_TESTING_TIMEOUT`: a contract case took longer than its time limit.
 */
export type TestingErrorCode =
  | "ERR_TESTING_CLOSED"
  | "ERR_TESTING_BROKEN"
  | "ERR_TESTING_ABORTED"
  | "ERR_TESTING_BUSY"
  | "ERR_TESTING_ARGUMENT"
  | "ERR_TESTING_TIMEOUT";

/**
 * Every error that this package raises, except that a contract case whose implementation misbehaves
 * rejects with an `AssertionError` of `node:assert`.
 */
export class TestingError extends Error {
  override readonly name: string = "TestingError";
  readonly code: TestingErrorCode;

  constructor(code: TestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
