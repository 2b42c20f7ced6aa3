import { expect, it } from "vitest";

import { EchoTally } from "../src/echo-tally.ts";

it("counts outcomes and bytes, and takes round trips only of what came back", () => {
  const tally = new EchoTally();
  tally.add({ text: "a", bytes: 1, outcome: "same", received: "a", ms: 1 });
  tally.add({ text: "bb", bytes: 2, outcome: "lost" });
  tally.add({ text: "c", bytes: 1, outcome: "different", received: "C", ms: 5 });
  expect(tally.summary()).toEqual({
    sent: 3,
    same: 1,
    different: 1,
    lost: 1,
    bytes: 4,

    ms: { min: 1, mean: 3, max: 5 },
  });
});

it("has no round trips where nothing came back", () => {
  const tally = new EchoTally();
  const nothing = { sent: 0, same: 0, different: 0, lost: 0, bytes: 0 };
  expect(tally.summary()).toEqual(nothing);
  tally.add({ text: "a", bytes: 1, outcome: "lost" });
  expect(tally.summary()).toEqual({ ...nothing, sent: 1, lost: 1, bytes: 1 });
});
