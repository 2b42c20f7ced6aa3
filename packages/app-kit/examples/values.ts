import {
  describeError,
  displayWidth,
  formatBytes,
  formatDuration,
  parseBytes,
  parseDuration,
  parseHostPort,
  parsePort,
  printable,
} from "@netloom/app-kit";
import { readFile } from "node:fs/promises";

console.log(parsePort("8080"), parseBytes("64KiB"), parseDuration("1.5s"));
console.log(parseHostPort("[::1]:8080"));
console.log(formatBytes(67_108_864), "in", formatDuration(125_000));
console.log(displayWidth("传输"), printable("evil\x1b[2Jname"));

for (const work of [() => parsePort("99999"), () => readFile("no/such/file")]) {
  try {
    await work();
  } catch (error) {
    console.log(describeError(error, (text) => text.en));
    console.log(describeError(error, (text) => text.zh));
  }
}
