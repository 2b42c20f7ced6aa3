import { describe, expect, it } from "vitest";

import { waitStatusWord } from "../src/wait-status.ts";

describe("the wait word", () => {
  it("is made as wait(2) says", () => {
    const words = [
      waitStatusWord({ code: 0, signal: null }),
      waitStatusWord({ code: 7, signal: null }),
      waitStatusWord({ code: 255, signal: null }),
      waitStatusWord({ code: null, signal: "SIGKILL" }),
      waitStatusWord({ code: null, signal: "SIGTERM" }),
    ];
    expect(words).toEqual([0, 0x0700, 0xff00, 9, 15]);
  });
});
