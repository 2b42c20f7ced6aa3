import type { ByteStream } from "@netloom/framing";
import { memoryPair, type ByteStreamFactory } from "@netloom/testing";

/** `memoryPair` as the contract sees it, each stream changed by `change` where that is given. */
export function memoryFactory(
  change: (stream: ByteStream) => ByteStream = (stream) => stream,
): ByteStreamFactory {
  return {
    name: "memoryPair",
    pair: () => {
      const [a, b] = memoryPair();
      return Promise.resolve([change(a), change(b)]);
    },
    codes: {
      closed: ["ERR_TESTING_CLOSED"],
      broken: ["ERR_TESTING_BROKEN"],
      aborted: ["ERR_TESTING_ABORTED"],
      busy: ["ERR_TESTING_BUSY"],
    },
  };
}
