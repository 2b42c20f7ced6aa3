import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getFile, listFolder, putFile, serveFolder, TransferError } from "@netloom/transfer";

const folder = await mkdtemp(join(tmpdir(), "shared-"));
await writeFile(join(folder, "notes.txt"), "warp and weft\n");

{
  // Stopped at the end of this block.
  await using server = await serveFolder({ folder, port: 0, allowUpload: true });
  const { port } = server;

  const output = join(folder, "copy.txt");
  const { size, sha256 } = await getFile({ port, name: "notes.txt", output });
  console.log(size, sha256);

  await putFile({ port, file: output, name: "again.txt" });
  console.log(await readFile(join(folder, "again.txt"), "utf8"));

  const { entries } = await listFolder({ port });
  console.log(entries.map(({ name }) => name));

  try {
    await getFile({ port, name: "../secret" });
  } catch (error) {
    if (error instanceof TransferError) console.log(error.code, error.message);
  }
}
await rm(folder, { recursive: true });
