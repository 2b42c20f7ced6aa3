import { afterAll, describe, expect, it } from "vitest";
import { byteStreamContract } from "@netloom/testing";
import { caughtBy } from "./support/caught-by.ts";
import { memoryFactory } from "./support/memory-factory.ts";
import { mutated } from "./support/mutation.ts";
import { leaked } from "./support/mutations-waiting.ts";
import { mutations } from "./support/mutations.ts";

describe("byteStreamContract over memoryPair", () => {
  for (const { name, run } of byteStreamContract) it(name, () => run(memoryFactory()));
});

// A contract that cannot fail is worth nothing.
describe("byteStreamContract catches a stream that", () => {
  afterAll(() => {
    for (const timer of leaked) clearInterval(timer);
  });

  for (const [name, mutation] of Object.entries(mutations)) {
    it(name, async () => {
      const factory = {
        ...memoryFactory((stream) => mutated(stream, mutation)),
        // Only for mistakes that make a case wait for ever.
        timeoutMs: 500,
      };
      expect(caughtBy[name]?.length).toBeGreaterThan(0);
      for (const caseName of caughtBy[name] ?? []) {
        const found = byteStreamContract.find((one) => one.name === caseName);
        if (found === undefined) throw new Error(`there is no case "${caseName}"`);
        await expect(found.run(factory), caseName).rejects.toThrow();
      }
    });
  }
});

describe("byteStreamContract", () => {
  it("has no case that was never seen to fail", () => {
    const seen = new Set(Object.values(caughtBy).flat());
    const names = byteStreamContract.map(({ name }) => name);
    expect(names.filter((name) => !seen.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("says what a case waited for when it is not over in time", async () => {
    const factory = { ...memoryFactory(), pair: () => new Promise<never>(() => {}), timeoutMs: 20 };
    const [first] = byteStreamContract;
    await expect(first?.run(factory)).rejects.toMatchObject({
      code: "ERR_TESTING_TIMEOUT",
      message: `memoryPair: "${first?.name}" was not over after 20 ms`,
    });
  });
});
