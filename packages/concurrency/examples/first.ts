import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mutex } from "@netloom/concurrency";

const folder = await mkdtemp(join(tmpdir(), "visits-"));
const file = join(folder, "visits.txt");
await writeFile(file, "0");

// Read, add one, write back. Without the mutex two visits at the same time could read the same number,
// and one of them would be lost.
const mutex = new Mutex();
async function visit(): Promise<void> {
  using _guard = await mutex.acquire({ timeoutMs: 5000 });
  const visits = Number(await readFile(file, "utf8"));
  await writeFile(file, String(visits + 1));
}

await Promise.all(Array.from({ length: 20 }, () => visit()));
console.log("20 visits at the same time, counted:", await readFile(file, "utf8"));
await rm(folder, { recursive: true });
