import { text } from "@netloom/codec";
import { expect, test } from "vitest";
import { failure } from "./failure.ts";

test("text is a codec", () => {
  const utf8 = text();
  expect(utf8.decode(utf8.encode("织网 ok"))).toBe("织网 ok");
  expect(text("gbk").encode("织网")).toEqual(Uint8Array.of(0xd6, 0xaf, 0xcd, 0xf8));
  expect(text("gbk", { errors: "replace" }).decode(Uint8Array.of(0xff))).toBe("\ufffd");
  expect(failure(() => text("gbk").decode(Uint8Array.of(0xff))).offset).toBe(0);
});
