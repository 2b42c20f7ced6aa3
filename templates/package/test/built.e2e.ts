import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "..");

it("works as built, by import and by require", () => {
  const programs = {
    import: [
      "--input-type=module",
      "-e",
      `import { clamp } from "@netloom/__name__"; console.log(clamp(7, 0, 5));`,
    ],
    require: ["-e", `const { clamp } = require("@netloom/__name__"); console.log(clamp(7, 0, 5));`],
  };
  for (const args of Object.values(programs)) {
    const printed = execFileSync(process.execPath, ["--no-warnings", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(printed).toBe("5\n");
  }
});
