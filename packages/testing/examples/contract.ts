import { byteStreamContract, memoryPair, type ByteStreamFactory } from "@netloom/testing";

// What the suite must know of an implementation. Here it is memoryPair itself; yours opens a
// listener, connects to it, and closes the listener again.
const factory: ByteStreamFactory = {
  name: "memoryPair",
  pair: () => Promise.resolve(memoryPair()),
  codes: {
    closed: ["ERR_TESTING_CLOSED"],
    broken: ["ERR_TESTING_BROKEN"],
    aborted: ["ERR_TESTING_ABORTED"],
    busy: ["ERR_TESTING_BUSY"],
  },
};

// In a test file: for (const { name, run } of byteStreamContract) it(name, () => run(factory));
const failures: string[] = [];
for (const { name, run } of byteStreamContract) {
  await run(factory).catch(() => failures.push(name));
}
console.log(`${byteStreamContract.length} behaviours, ${failures.length} missing`);
