import { bytesCases } from "./bytes.ts";
import { closingCases } from "./closing.ts";
import type { ContractCase } from "./contract.ts";
import { destroyingCases } from "./destroying.ts";
import { halfCloseCases } from "./half-close.ts";
import { readingCases } from "./reading.ts";
import { resourcesCases } from "./resources.ts";
import { waitingCases } from "./waiting.ts";

/**
 * What every `ByteStream` does, as data that any test runner can loop over. Each case makes a pair of
 * streams, tries one behaviour, and rejects with an `AssertionError` that says what was missing, or
 * with `ERR_TESTING_TIMEOUT`. Cases do not depend on each other; run them one at a time, because some
 * look at the handles of the whole process.
 *
 * Nothing is asserted that a real transport cannot give: how bytes are cut into chunks, how soon a
 * break is noticed, whether bytes in flight survive one. Cases of back-pressure write 32 MiB that
 * nobody reads, so the transport must buffer less.
 *
 * @example
 * describe("my transport", () => {
 *   for (const { name, run } of byteStreamContract) it(name, () => run(factory));
 * });
 */
export const byteStreamContract: readonly ContractCase[] = [
  ...bytesCases,
  ...readingCases,
  ...halfCloseCases,
  ...closingCases,
  ...destroyingCases,
  ...waitingCases,
  ...resourcesCases,
];
