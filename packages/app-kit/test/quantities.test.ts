import { formatBytes, formatDuration } from "@netloom/app-kit";
import { expect, test } from "vitest";

test.each<[number, string]>([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [1024 * 1024 - 1, "1 MiB"],
  [64 * 1024 * 1024, "64 MiB"],
  [1.26 * 1024 ** 3, "1.3 GiB"],
  [Number.MAX_SAFE_INTEGER, "8 PiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each<[number, string]>([
  [0, "0 ms"],
  [0.4, "0 ms"],
  [350, "350 ms"],
  [999.4, "999 ms"],
  [999.6, "1 s"],
  [1500, "1.5 s"],
  [9_949, "9.9 s"],
  [9_950, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [125_000, "2 min 5 s"],
  [3_599_600, "1 h"],
  [3_780_000, "1 h 3 min"],
  [7_200_000, "2 h"],
])("%d ms are %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
