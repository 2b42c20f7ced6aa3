import { expect, test } from "vitest";
import { StopRequest } from "../src/stop.ts";

function request(): { stop: StopRequest; exits: number[] } {
  const exits: number[] = [];
  return {
    stop: new StopRequest({ exit: (status) => exits.push(status), onSlow: () => {} }),
    exits,
  };
}

test("the first request aborts, the second ends, and a failing pipe never forces", () => {
  const { stop, exits } = request();
  const { signal } = stop;
  stop.request("SIGINT");
  stop.request("EPIPE");
  expect({ exits, aborted: signal.aborted, cause: stop.cause }).toEqual({
    exits: [],
    aborted: true,
    cause: "SIGINT",
  });
  stop.request("SIGTERM");
  expect(exits).toEqual([143]);
});

test("whoever cannot hear is ended by the first", () => {
  const { stop, exits } = request();
  stop.request("SIGTERM");
  expect(exits).toEqual([143]);
});

test("explains aborts, wrapped ones too, and nothing else", () => {
  const { stop } = request();
  const abort = new DOMException("x", "AbortError");
  expect(stop.explains(abort)).toBe(false);
  const { signal } = stop;
  stop.request("SIGINT");
  const coded = (code: string): Error => Object.assign(new Error(code), { code });
  for (const error of [
    signal.reason,
    abort,
    coded("ABORT_ERR"),
    coded("ERR_TCP_ABORTED"),
    new Error("x", { cause: signal.reason }),
  ]) {
    expect(stop.explains(error)).toBe(true);
  }
  const loop: Error = new Error("loop");
  loop.cause = loop;
  for (const error of [coded("ENOSPC"), new Error("x"), "x", undefined, loop]) {
    expect(stop.explains(error)).toBe(false);
  }
});
