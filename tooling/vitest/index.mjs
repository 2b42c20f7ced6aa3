// @ts-check
// Two modes of one configuration:
//   vitest run               test/**/*.test.ts on the sources, with coverage
//   vitest run --mode e2e    test/**/*.e2e.ts on what was built, as users import it
import { dirname, resolve } from "node:path";

import { configDefaults, defineConfig } from "vitest/config";

// NETLOOM_BAIL=1 ends a run at its first failure and waits less for what hangs: for who expects a
// failure and only wants to see it.
const bail = process.env["NETLOOM_BAIL"] === "1";
// NETLOOM_BUILT=1 makes the unit tests import what was built too: `pnpm test:node` uses it.
const built = process.env["NETLOOM_BUILT"] === "1";
const standardConditions = ["module", "node", "development|production"];

/**
 * Takes a test's imports of internals (`../src/x.ts`) from what was built as well: with a source and a
 * built copy of one module side by side, every `instanceof` between them would fail.
 *
 * @type {import("vitest/config").Plugin}
 */
const internalsAsBuilt = {
  name: "netloom:internals-as-built",
  enforce: "pre",
  resolveId(source, importer) {
    if (!source.startsWith(".") || importer === undefined) return undefined;
    const file = resolve(dirname(importer), source);
    const [, member, module] = /^(.*\/(?:packages|apps)\/[^/]+)\/src\/(.*)\.ts$/.exec(file) ?? [];
    return member === undefined ? undefined : `${member}/dist/${module}.js`;
  },
};

export default defineConfig(({ mode }) => {
  const e2e = mode === "e2e";
  const conditions = e2e || built ? standardConditions : ["@netloom/source", ...standardConditions];
  return {
    plugins: built ? [internalsAsBuilt] : [],
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      include: [e2e ? "test/**/*.e2e.ts" : "test/**/*.test.ts"],
      exclude: [...configDefaults.exclude, "**/.report/**"],
      pool: "forks",
      // They end what hangs, nothing else: a machine under load may take long for what is quick.
      testTimeout: bail ? 15_000 : e2e ? 240_000 : 120_000,
      hookTimeout: 120_000,
      passWithNoTests: false,
      allowOnly: false,
      retry: 0,
      bail: bail ? 1 : 0,
      reporters: ["default", "json"],
      outputFile: { json: `.report/${e2e ? "e2e" : "unit"}.json` },
      coverage: {
        enabled: !e2e && !built,
        provider: "v8",
        include: ["src/**"],
        reporter: ["json-summary"],
        reportsDirectory: ".report/coverage",
      },
    },
  };
});
