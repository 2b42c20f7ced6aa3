// What was built, as a page with a strict content security policy has it: no eval, no Node globals.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const script = `
  for (const name of ["Buffer", "process", "require", "setImmediate"]) delete globalThis[name];
  const { msgpack, json, text, raw, struct } = await import("@netloom/codec");
  const codecs = { msgpack: msgpack(), json: json(), text: text("gbk"), raw: raw(), struct: struct("<i4sd") };
  const values = {
    msgpack: { id: 1, tags: ["a", "织网".repeat(50)], data: Uint8Array.of(1, 2), at: new Date(0) },
    json: { id: 1 },
    text: "织网",
    raw: Uint8Array.of(1, 2),
    struct: [1, Uint8Array.of(1, 2, 3, 4), 0.5],
  };
  for (const [name, codec] of Object.entries(codecs)) {
    for (let i = 0; i < 20; i++) codec.decode(codec.encode(values[name]));
    const back = codec.decode(codec.encode(values[name]));
    console.log(name, JSON.stringify(back) === JSON.stringify(values[name]));
  }
`;

test("every codec works without eval and without Buffer", () => {
  const run = spawnSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", script],
    { cwd: import.meta.dirname, encoding: "utf8" },
  );
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe("msgpack true\njson true\ntext true\nraw true\nstruct true\n");
});
