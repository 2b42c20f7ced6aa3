import type { Stats } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { nameProblem } from "./names.ts";
import type { FileEntry } from "./protocol.ts";
import type { SharedFolder } from "./shared-folder.ts";

/** What is known when a list has come to its end. */
export interface ListEnd {
  /** Whether the list has everything: false when the limit was reached. */
  readonly complete: boolean;
  /** Files and folders left out: their names do not travel, they are links or devices, or may not be read. */
  readonly skipped: number;
}

/** A folder that is being walked through: the names in it that are still to come, last one first. */
interface Level {
  readonly path: string;
  readonly prefix: string;
  readonly names: string[];
}

/**
 * Lists the files of a folder, and of the folders in it, that may be fetched by name, ordered by
 * name within each folder. Hidden ones are left out and not counted.
 *
 * @param maxEntries - how many names, of files, folders and whatever else, are looked at in all
 */
export async function* listFiles(
  folder: SharedFolder,
  maxEntries: number,
): AsyncGenerator<FileEntry, ListEnd> {
  let left = maxEntries;
  let complete = true;
  let skipped = 0;

  const readLevel = async (path: string, prefix: string): Promise<Level> => {
    const names: string[] = [];
    // Read piece by piece: a folder may have more names than we look at.
    for await (const { name } of await opendir(path)) {
      if (left === 0) {
        complete = false;
        break;
      }
      left--;
      if (!name.startsWith(".")) names.push(name);
    }
    // By code units: the same order on every machine, whatever its locale.
    names.sort((a, b) => (a < b ? 1 : -1));
    return { path, prefix, names };
  };

  // At most as deep as a name may have parts.
  const levels = [await readLevel(folder.root, "")];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const part = level.names.pop();
    if (part === undefined) {
      levels.pop();
      continue;
    }
    const name = level.prefix + part;
    const path = join(level.path, part);
    // Not what opendir said of it: some file systems do not say.
    const stats = nameProblem(name) === undefined ? await statsOf(path) : undefined;
    if (stats?.isFile() === true) {
      yield { name, size: stats.size, mtimeMs: Math.floor(stats.mtimeMs) };
    } else if (stats?.isDirectory() === true) {
      const below = await readLevel(path, `${name}/`).catch(refuseUnlessOutOfReach);
      if (below === undefined) skipped++;
      else levels.push(below);
    } else skipped++;
  }
  return { complete, skipped };
}

async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(refuseUnlessOutOfReach);
}

/** What may not be read, or was deleted meanwhile, does not spoil the list. */
function refuseUnlessOutOfReach(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (!["EACCES", "EPERM", "ENOENT", "ENOTDIR"].includes(code)) throw error;
}
