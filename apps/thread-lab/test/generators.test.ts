import { expect, it } from "vitest";

import { averager, countdown, Countdown, sendIn, steps } from "../src/generators.ts";

it("a class and a generator give the same, the end included", () => {
  expect([...new Countdown(3)]).toEqual([3, 2, 1]);
  expect(steps(countdown(3))).toEqual(steps(new Countdown(3)));
  expect(steps(new Countdown(0))).toEqual([{ done: true, value: undefined }]);
});

it("an iterator that has ended stays ended", () => {
  const iterator = new Countdown(1);
  steps(iterator);
  expect(iterator.next()).toEqual({ done: true, value: undefined });
});

it("the first value that is sent in is lost", () => {
  expect(sendIn([100, 10, 20]).map(({ received }) => received)).toEqual([undefined, 10, 15]);
});

it("two generators of one function know nothing of each other", () => {
  const [one, other] = [averager(), averager()];
  one.next(0);
  other.next(0);
  one.next(10);
  other.next(50);
  expect([one.next(20).value, other.next(70).value]).toEqual([15, 60]);
});
