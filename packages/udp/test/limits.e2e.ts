import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const program = (name: string): string => `${import.meta.dirname}/programs/${name}.mjs`;

describe.skipIf(process.platform === "win32")("without file descriptors", () => {
  it("bind rejects with ERR_UDP_LIMIT, and works again when there are some", async () => {
    const command = 'ulimit -n 64 && exec "$0" "$@"';
    const args = ["-c", command, process.execPath, program("limited")];
    const { stdout } = await run("/bin/sh", args);
    expect(JSON.parse(stdout)).toEqual({ code: "ERR_UDP_LIMIT", some: true });
  });
});

const restrictionFile = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
const restricted = existsSync(restrictionFile) && Number(readFileSync(restrictionFile)) > 1;

describe.skipIf(!restricted)("a privileged port", () => {
  it("is ERR_UDP_NOT_PERMITTED for other users", async () => {
    const { stdout } = await run(process.execPath, [program("privileged-port")]);
    expect(stdout).toBe("ERR_UDP_NOT_PERMITTED\n");
  });
});
