// @ts-check
// Runs an example file as a user would: TypeScript through tsx against what was built, shell
// scripts with the apps' commands on PATH.
import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  existsSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const workspaceRoot = fileURLToPath(new URL("../../../", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** Longest time that one example may take. */
const limitMs = 60_000;

/** A folder with every built app's command, for PATH. @param {string} folder */
function linkCommands(folder) {
  mkdirSync(folder);
  const apps = join(workspaceRoot, "apps");
  for (const name of readdirSync(apps)) {
    const manifestFile = join(apps, name, "package.json");
    if (!existsSync(manifestFile)) continue;
    /** @type {Record<string, string>} */
    const bin = JSON.parse(readFileSync(manifestFile, "utf8")).bin ?? {};
    for (const [command, file] of Object.entries(bin)) {
      symlinkSync(resolve(apps, name, file), join(folder, command));
    }
  }
}

/**
 * @param {string} file absolute. A `.ts` runs in its grandparent folder; a `.sh` in an empty folder,
 *   except those of the root's README, which show what a person types in a clone
 * @returns {Promise<{ status: number | string, stdout: string, stderr: string }>}
 */
export async function runExample(file) {
  const scratch = mkdtempSync(join(tmpdir(), "netloom-example-"));
  try {
    const shell = file.endsWith(".sh");
    const ofRoot = dirname(dirname(file)) === join(workspaceRoot, "docs");
    const commands = join(scratch, ".commands");
    if (shell) linkCommands(commands);
    const child = spawn(
      shell ? "bash" : process.execPath,
      shell ? ["-eu", file] : ["--import", tsx, file],
      {
        cwd: shell ? (ofRoot ? workspaceRoot : scratch) : dirname(dirname(file)),
        env: {
          ...process.env,
          NO_COLOR: "1",
          NETLOOM_LANG: "en",
          ...(shell ? { PATH: commands + delimiter + process.env["PATH"] } : {}),
        },
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own, so that nothing that a script started outlives it.
        detached: true,
      },
    );
    const endGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // ESRCH: the whole group has ended by itself, as it should.
      }
    };
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    return await new Promise((done, reject) => {
      const timer = setTimeout(endGroup, limitMs);
      child.on("error", reject);
      child.on("exit", endGroup);
      child.on("close", (code, signal) => {
        clearTimeout(timer);
        done({ status: code ?? signal ?? "unknown", stdout, stderr });
      });
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
