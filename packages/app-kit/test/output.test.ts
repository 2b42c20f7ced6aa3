import { expect, test } from "vitest";
import { toJson } from "../src/output.ts";

test.each<[unknown, string]>([
  [{ a: 1n, b: [undefined], c: undefined }, '{"a":"1","b":[null]}'],
  [undefined, "null"],
  ["line\nbreak", '"line\\nbreak"'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
])("one line of JSON for %o", (value, json) => {
  expect(toJson(value)).toBe(json);
});
