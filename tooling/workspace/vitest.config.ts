import { defineConfig } from "vitest/config";

// Every test makes copies of the workspace and runs its commands there: minutes, not milliseconds.
export default defineConfig({
  test: {
    include: ["test/**/*.test.mjs"],
    pool: "forks",
    // The copies share two cores and one build cache.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
    allowOnly: false,
    reporters: ["default", "json"],
    outputFile: { json: ".report/unit.json" },
  },
});
