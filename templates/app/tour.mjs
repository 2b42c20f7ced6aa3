// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { defineStep } from "@netloom/tour";

export default defineStep({
  title: { en: "counts this repository's own lockfile", zh: "统计本仓库自己的锁文件" },
  /** @param {import("@netloom/tour").TourContext} tour */
  async run(tour) {
    const file = join(tour.root, "pnpm-lock.yaml");
    const { stdout, ms } = await tour.run(["count", file, "--json"]);
    const { lines, bytes } = JSON.parse(stdout);
    const content = readFileSync(file);
    tour.check(bytes === content.length, `counted ${bytes} bytes of ${content.length}`);
    tour.say({
      en: `${lines} lines, ${bytes} bytes, in ${ms.toFixed(0)} ms`,
      zh: `${lines} 行,${bytes} 字节,用时 ${ms.toFixed(0)} 毫秒`,
    });
    tour.byHand("count pnpm-lock.yaml");
  },
});
